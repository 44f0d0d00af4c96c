package dev.kloset.testkit;

import java.io.IOException;

/** Nothing could be checked: the plugin cannot be started, refuses its settings, or must not be touched. */
public final class CannotCheckException extends IOException {

    private static final long serialVersionUID = 1;

    /** Say in one sentence what keeps the checks from beginning. */
    public CannotCheckException(String message) {
        super(message);
    }
}
