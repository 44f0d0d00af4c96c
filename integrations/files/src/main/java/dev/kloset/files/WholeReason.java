package dev.kloset.files;

import java.io.IOException;

/**
 * Makes exceptions whose message is the whole reason. A cause would speak behind it, and say in the words of the system, with paths
 * that the user does not know, what the message says better.
 */
final class WholeReason {

    private WholeReason() {}

    /** {@return a failure that says {@code sentence}, and to a debugger what was {@code seen}} */
    static IOException of(String sentence, IOException seen) {
        IOException failure = new IOException(sentence);
        failure.addSuppressed(seen);
        return failure;
    }
}
