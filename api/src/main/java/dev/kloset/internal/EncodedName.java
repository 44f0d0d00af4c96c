package dev.kloset.internal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A name that may have any character as a part of a path: ASCII, and different for different names. */
public final class EncodedName {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private EncodedName() {}

    /** {@return letters, digits, {@code _}, {@code -} and dots as they are, everything else as {@code %XX}} */
    public static String of(String name) {
        if (name.isEmpty()) {
            return "%";
        }
        StringBuilder out = new StringBuilder(name.length());
        boolean onlyDots = name.chars().allMatch(c -> c == '.');
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain((char) (b & 0xFF)) && !onlyDots) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
                || c == '.';
    }
}
