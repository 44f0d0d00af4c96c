package dev.kloset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A text that nobody may see: a password, a token, a key. It cannot be printed, logged, put into JSON or serialised by
 * accident; {@link #reveal} is the one way to the text. Immutable, safe for several threads.
 *
 * <p>There is no way to wipe it from memory: the text came in as a String, and went through the garbage collector's hands,
 * before this object was made. A plugin's process ends with the command that needed it.
 */
public final class Secret {

    private static final String SHOWN = "***";

    // Transient: libraries that turn fields into JSON leave those out, whatever they think of visibility.
    private final transient String text;

    private Secret(String text) {
        this.text = text;
    }

    /** {@return a secret of this text} */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** {@return the text itself} Hand it to whoever needs it, and keep it nowhere. */
    public String reveal() {
        return text;
    }

    /** {@return whether both hide the same text} Takes the same time wherever they differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8),
                secret.text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the same number for every secret} A hash would tell short ones to whoever can try them all. */
    @Override
    public int hashCode() {
        return 1;
    }

    /** {@return three stars} */
    @Override
    public String toString() {
        return SHOWN;
    }
}
