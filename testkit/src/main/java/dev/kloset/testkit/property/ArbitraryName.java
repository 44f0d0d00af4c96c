package dev.kloset.testkit.property;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Names that file systems allow and programs overlook. */
public final class ArbitraryName {

    private static final int MAX_BYTES = 255;
    private static final List<String> PLAIN = List.of("a", "b", "c", "d", "e", "f", "x1", "y2", "z3");
    /**
     * The first is the simplest. Among them: one letter written in two ways, one character that reverses what follows, and one
     * that is not a letter at all.
     */
    private static final List<String> ODD = List.of("a", "b", " ", "-", ".", "..", "\n", "\t", "\r", "*", "?", "[",
            "\\",
            "'", "\"", "#", "%41", "$x", "~", ":", ";", "|", "\u0001", "\u007f", "\u00e4", "a\u0308", "\u4e2d",
            "\ud83d\ude00", "\u202e", "\u2028", "\ufeff", "\u0130", ".zip", "CON", "n".repeat(64));

    private ArbitraryName() {}

    /** {@return a name of one to 255 bytes without a slash, and neither {@code .} nor {@code ..}} */
    static String of(ChoiceSequence sequence, boolean isOdd) {
        return sequence.together(() -> {
            List<String> pieces = isOdd ? ODD : PLAIN;
            StringBuilder name = new StringBuilder(sequence.oneOf(pieces));
            for (String piece : sequence.some(1, 12, () -> sequence.oneOf(pieces))) {
                if ((name + piece).getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
                    name.append(piece);
                }
            }
            return name.toString().equals(".") || name.toString().equals("..") ? name + "a" : name.toString();
        });
    }

    /** {@return the name as a report shows it: in quotes, with everything visible} */
    public static String quoted(String name) {
        StringBuilder quoted = new StringBuilder("\"");
        name.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c >= ' ' && c < 0x7F) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }
}
