package dev.kloset.files.posix;

import java.io.IOException;

/**
 * Makes exceptions whose message is the whole reason. Messages would append a cause, and so repeat in the system's words, with
 * paths that the user does not know, what the message says better.
 */
public final class WholeReason {

    private WholeReason() {}

    /** {@return a failure with the message {@code sentence}; only debuggers see what was {@code seen}} */
    public static IOException of(String sentence, IOException seen) {
        IOException failure = new IOException(sentence);
        failure.addSuppressed(seen);
        return failure;
    }
}
