package dev.kloset.internal;

/**
 * One text that must not be shown, and its replacement. It is found in every encoding of its characters, and also when its line
 * breaks have become blanks. Immutable.
 */
final class HiddenText {

    private enum Where {
        /** Also in the middle of a word. */
        ANYWHERE,
        /** Too short for that: only as a word. */
        AS_WORD,
        /** An ordinary word: only where it is a value. */
        AS_VALUE
    }

    private static final int WORD = 3;
    private static final String CUT = " …";
    /** Fewer of its first characters reveal nothing. */
    private static final int SHORTEST_BEGINNING = 4;

    private final String text;
    private final String mark;
    private final Where where;

    private HiddenText(String text, String mark, Where where) {
        this.text = text;
        this.mark = mark;
        this.where = where;
    }

    /** {@return a secret} */
    static HiddenText secret(String text, String mark) {
        return new HiddenText(text, mark, text.length() < WORD || OrdinaryWords.contains(text)
                ? Where.AS_VALUE
                : text.length() == WORD ? Where.AS_WORD : Where.ANYWHERE);
    }

    /** {@return a text that is hidden wherever it stands as a word} */
    static HiddenText word(String text, String mark) {
        return new HiddenText(text, mark, OrdinaryWords.contains(text) ? Where.AS_VALUE : Where.AS_WORD);
    }

    String mark() {
        return mark;
    }

    int length() {
        return text.length();
    }

    char first() {
        return text.charAt(0);
    }

    /** {@return where it ends in {@code in} if it begins at {@code at} and must be hidden there, or -1} */
    int end(String in, int at) {
        int end = matched(in, at, at, 0);
        return end < 0 || switch (where) {
            case ANYWHERE -> true;
            case AS_WORD -> WordBoundary.isWord(in, at, end);
            case AS_VALUE -> WordBoundary.isWord(in, at, end) && WordBoundary.isValue(in, at, end, text);
        } ? end : -1;
    }

    private int matched(String in, int at, int behind, int from) {
        int seen = behind;
        for (int i = from; i < text.length();) {
            int wanted = text.codePointAt(i);
            int cut = seen - at >= SHORTEST_BEGINNING ? cut(in, seen, wanted) : -1;
            if (cut >= 0) {
                return cut;
            }
            if (isBlank(wanted)) {
                int blanks = seen;
                seen = behindBlanks(in, seen);
                while (i < text.length() && isBlank(text.charAt(i))) {
                    i++;
                }
                if (seen == blanks) {
                    return -1;
                }
                continue;
            }
            if (seen >= in.length()) {
                return -1;
            }
            i += Character.charCount(wanted);
            boolean itself = in.codePointAt(seen) == wanted;
            int encoded = EncodedCharacter.mayBegin(in.charAt(seen))
                    ? EncodedCharacter.end(in, seen, wanted)
                    : EncodedCharacter.NONE;
            if (itself && encoded >= 0) { // a percent sign stands for itself and may begin an encoding
                int end = matched(in, at, encoded, i);
                if (end >= 0) {
                    return end;
                }
            }
            if (!itself && encoded < 0) {
                return -1;
            }
            seen = itself ? seen + Character.charCount(wanted) : encoded;
        }
        return seen;
    }

    /** A sentence that was too long may end in the middle of a secret, and may have become a part of another sentence. */
    private static boolean isCut(String in, int at) {
        return in.startsWith(CUT, at);
    }

    /**
     * {@return where the text was cut if it begins at {@code at}, or where an encoding of {@code wanted} that begins there was
     * cut, or -1}
     */
    private static int cut(String in, int at, int wanted) {
        if (isCut(in, at)) {
            return at;
        }
        if (at >= in.length() || !EncodedCharacter.mayBegin(in.charAt(at))) {
            return -1;
        }
        int cut = in.indexOf(CUT, at);
        return EncodedCharacter.isBegun(in, at, cut, wanted) ? cut : -1;
    }

    private static int behindBlanks(String in, int at) {
        int end = at;
        while (end < in.length() && !isCut(in, end)) {
            char c = in.charAt(end);
            int next = isBlank(c) ? end + 1 : encodedBlank(in, end);
            if (next < 0) {
                return end;
            }
            end = next;
        }
        return end;
    }

    private static int encodedBlank(String in, int at) {
        if (!EncodedCharacter.mayBegin(in.charAt(at))) {
            return -1;
        }
        for (char blank : new char[]{ ' ', '\n', '\r', '\t' }) {
            int end = EncodedCharacter.end(in, at, blank);
            if (end >= 0) {
                return end;
            }
        }
        return -1;
    }

    /** The characters that a sentence replaces with blanks. */
    private static boolean isBlank(int c) {
        return c <= ' ' || c >= 0x7F && c <= 0x9F;
    }
}
