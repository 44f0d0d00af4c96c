package dev.kloset.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Names as file systems allow them and programs forget them. */
final class ArbitraryName {

    private static final int MAX_BYTES = 255;
    private static final List<String> PLAIN = List.of("a", "b", "c", "d", "e", "f", "x1", "y2", "z3");
    /** The first is the simplest. Among them: one letter written in two ways, one that reverses what follows, no letter at all. */
    private static final List<String> ODD = List.of("a", "b", " ", "-", ".", "..", "\n", "\t", "\r", "*", "?", "[",
            "\\",
            "'", "\"", "#", "%41", "$x", "~", ":", ";", "|", "\u0001", "\u007f", "\u00e4", "a\u0308", "\u4e2d",
            "\ud83d\ude00", "\u202e", "\u2028", "\ufeff", "\u0130", ".zip", "CON", "n".repeat(64));

    private ArbitraryName() {}

    /** {@return a name of one to 255 bytes without a slash, and neither {@code .} nor {@code ..}} */
    static String of(Choices choices, boolean isOdd) {
        return choices.together(() -> {
            List<String> pieces = isOdd ? ODD : PLAIN;
            StringBuilder name = new StringBuilder(choices.oneOf(pieces));
            for (String piece : choices.some(1, 12, () -> choices.oneOf(pieces))) {
                if ((name + piece).getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
                    name.append(piece);
                }
            }
            return name.toString().equals(".") || name.toString().equals("..") ? name + "a" : name.toString();
        });
    }

    /** {@return the name as it stands in a report: in quotes, with everything visible} */
    static String quoted(String name) {
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
