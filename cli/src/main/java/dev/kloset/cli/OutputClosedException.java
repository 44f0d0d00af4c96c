package dev.kloset.cli;

import java.io.IOException;

/** Nobody reads standard output any more, as after {@code | head}: no reason to complain, no reason to go on. */
final class OutputClosedException extends IOException {

    private static final long serialVersionUID = 1;

    OutputClosedException(IOException cause) {
        super("standard output is closed", cause);
    }
}
