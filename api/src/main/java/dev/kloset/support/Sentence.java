package dev.kloset.support;

import dev.kloset.internal.KnownErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns errors into the one sentence that a user of Plakar reads: one line, valid Unicode, at most 4 KiB, never empty (on
 * the wire an empty error means success).
 */
public final class Sentence {

    /** The longest sentence in bytes of UTF-8; a longer one would push everything else off the user's screen. */
    public static final int MAX_BYTES = 4096;

    private static final String NOTHING_SAID = "failed without saying why";
    /** Marks that something is missing after it; the code that removes secrets from texts knows it. */
    static final String CUT = " …";

    private Sentence() {}

    /**
     * {@return {@code text} as a sentence} Control characters become spaces, the lines of a server's stack trace are removed, and
     * a text that is too long is cut.
     */
    public static String of(@Nullable String text) {
        if (text == null) {
            return NOTHING_SAID;
        }
        String line = line(TraceText.without(text));
        return line.isEmpty() ? NOTHING_SAID : cut(line);
    }

    /**
     * {@return what went wrong, in words} Exceptions that carry only a path are explained by their type. Each cause that adds
     * something follows, once; suppressed exceptions do not.
     */
    public static String of(Throwable error) {
        return of(words(error));
    }

    /**
     * {@return the same with its line breaks, possibly longer than a sentence} For code that searches it, for example for a
     * secret of several lines, before it makes a sentence by {@link #of(String)}.
     */
    public static String words(Throwable error) {
        Said said = new Said();
        Throwable last = error;
        said.add(TraceText.without(Explanation.of(error, said)));
        for (Throwable cause : Chain.below(error)) {
            if (KnownErrors.of(last) != null) {
                break; // its author has said all that a user needs
            }
            last = cause;
            said.add(TraceText.without(Explanation.of(cause, said)));
        }
        String words = said.words();
        return words.isBlank() ? last.getClass().getName() + " without a message" : words;
    }

    /** {@return the exception's own message, or the name of its type if it has none} For the rows of an {@code ErrorTable}. */
    public static String message(Throwable error) {
        return Objects.requireNonNullElse(Chain.message(error), error.getClass().getSimpleName());
    }

    /**
     * {@return the message of the last cause, or that of {@code error} if it has none} For the rows of an {@code ErrorTable}: some
     * libraries say what went wrong only at the end of the chain.
     */
    public static String innermostMessage(Throwable error) {
        List<Throwable> causes = Chain.below(error);
        return message(causes.isEmpty() ? error : causes.getLast());
    }

    /** {@return {@code text} on one line, stack traces included, cut near the length of a sentence} For logs. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_BYTES));
        boolean gap = false;
        for (int i = 0; i < text.length() && line.length() <= MAX_BYTES; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7F || Character.isISOControl(c)) {
                gap = !line.isEmpty();
                continue;
            }
            if (gap) {
                line.append(' ');
                gap = false;
            }
            if (!Character.isSurrogate(c)) {
                line.append(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                line.append(c).append(text.charAt(++i));
            } else {
                line.append('\uFFFD');
            }
        }
        return line.toString();
    }

    private static String cut(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return line;
        }
        int end = MAX_BYTES - CUT.getBytes(StandardCharsets.UTF_8).length;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
    }
}
