package dev.kloset.cli.shell;

import java.io.IOException;

/** Reports that the reader of standard output has gone, as after {@code | head}. The command stops without complaining. */
public final class OutputClosedException extends IOException {

    private static final long serialVersionUID = 1;

    OutputClosedException(IOException cause) {
        super("standard output is closed", cause);
    }
}
