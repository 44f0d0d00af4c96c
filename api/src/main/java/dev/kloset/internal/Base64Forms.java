package dev.kloset.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** The forms of a secret in Base64, as in the header of an HTTP request, whatever surrounds it there. */
final class Base64Forms {

    private static final int BITS_OF_BYTE = 8;
    private static final int BITS_OF_CHARACTER = 6;

    /** Shorter forms would turn up in the middle of anything. */
    private static final int SHORTEST = 6;

    private Base64Forms() {}

    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            String inner = inner(bytes, before);
            if (inner.length() >= SHORTEST) {
                forms.add(inner);
                forms.add(inner.replace('+', '-').replace('/', '_'));
            }
        }
        return forms;
    }

    /**
     * {@return the Base64 characters that depend on nothing but {@code secret}}
     *
     * @param before how many bytes of the first group of three are something else, such as a user's name
     */
    private static String inner(byte[] secret, int before) {
        byte[] padded = new byte[before + secret.length];
        System.arraycopy(secret, 0, padded, before, secret.length);
        // Anything may follow, so only the characters of the last group that the secret fills count.
        String all = Base64.getEncoder().encodeToString(Arrays.copyOf(padded, padded.length + 3));
        int from = (before * BITS_OF_BYTE + BITS_OF_CHARACTER - 1) / BITS_OF_CHARACTER;
        int to = Math.max(from, padded.length * BITS_OF_BYTE / BITS_OF_CHARACTER);
        return all.substring(from, to);
    }
}
