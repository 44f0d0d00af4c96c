package dev.kloset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A text that must stay hidden: a password, a token, a key. It cannot be printed, logged, put into JSON or serialised by
 * accident; {@link #reveal} is the only way to the text. Immutable, safe for several threads.
 *
 * <p>You cannot wipe it from memory: the text was a String, subject to the garbage collector, before this object was made. A
 * plugin's process ends with the command that needed it.
 */
public final class Secret {

    private static final String SHOWN = "***";

    // Transient: libraries that turn fields into JSON omit those, whatever the visibility.
    private final transient String text;

    private Secret(String text) {
        this.text = text;
    }

    /** {@return a secret of this text} */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** {@return the text itself} Pass it to the code that needs it, and store it nowhere. */
    public String reveal() {
        return text;
    }

    /** {@return whether both hide the same text} The time does not depend on where they differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8),
                secret.text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the same number for every secret} With a hash, an attacker could find a short secret by trying them all. */
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
