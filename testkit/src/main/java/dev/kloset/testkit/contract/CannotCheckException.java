package dev.kloset.testkit.contract;

import java.io.IOException;

/** Reports that no check can run: the plugin cannot be started, refuses its settings, or must not be touched. */
public final class CannotCheckException extends IOException {

    private static final long serialVersionUID = 1;

    /** Say in one sentence what prevents the checks. */
    public CannotCheckException(String message) {
        super(message);
    }
}
