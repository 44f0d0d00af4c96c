package dev.kloset.support;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception and its causes: all of them up to a limit, and none twice. */
final class Chain {

    private static final int DEPTH = 20;

    private Chain() {}

    /** {@return the causes of {@code error}, from the nearest one on} */
    static List<Throwable> below(Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        Throwable cause = cause(error);
        while (cause != null && causes.size() < DEPTH) {
            causes.add(cause);
            cause = cause(cause);
        }
        return causes;
    }

    /**
     * {@return the exception's own message; null if it has none} Exceptions that are made from a cause alone repeat it as {@code
     * toString} shows it, with the name of its class.
     */
    static @Nullable String ownMessage(Throwable error) {
        String message = message(error);
        if (message == null) {
            return null;
        }
        for (Throwable cause : below(error)) {
            String repeated = text(cause);
            if (message.equals(repeated)) {
                return null;
            }
            if (message(cause) != null && message.contains(repeated)) {
                String words = Explanation.of(cause, new Said());
                return words.isEmpty() ? message : message.replace(repeated, words);
            }
        }
        return message;
    }

    /** {@return the message of {@code error} as it is, null if it is blank} */
    static @Nullable String message(Throwable error) {
        try {
            String message = error.getMessage();
            return message == null || message.isBlank() ? null : message;
        } catch (RuntimeException e) {
            return null; // an author's exception may itself throw here; the sentence must still be made
        }
    }

    private static @Nullable Throwable cause(Throwable error) {
        try {
            return error.getCause();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static String text(Throwable error) {
        try {
            return String.valueOf(error.toString());
        } catch (RuntimeException e) {
            return error.getClass().getName();
        }
    }
}
