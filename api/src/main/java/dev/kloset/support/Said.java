package dev.kloset.support;

/** What has been said so far; only what is new is added. Not for several threads. */
final class Said {

    /**
     * Everything beyond it is cut in the end. It exceeds a sentence, because secrets are still to be removed, which shortens the
     * text.
     */
    private static final int ENOUGH = 4 * Sentence.MAX_BYTES;

    private final StringBuilder words = new StringBuilder();
    private String line = ""; // the same on one line, for comparison

    /** Add {@code more} after a colon, unless it has been said. */
    void add(String more) {
        String added = Sentence.line(more);
        if (added.isEmpty() || words.length() >= ENOUGH || has(added)) {
            return;
        }
        if (added.length() > line.length() && at(added, line, 0)) {
            words.setLength(0); // it says the same, and more
        } else if (!line.isEmpty()) {
            trimEnd();
            words.append(": ");
        }
        words.append(more, 0, Math.min(more.length(), ENOUGH));
        if (more.length() > ENOUGH) {
            words.append(Sentence.CUT); // perhaps within a secret
        }
        line = Sentence.line(words.toString());
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    /** {@return whether it contains {@code text}, as whole words} */
    boolean has(String text) {
        for (int i = 0; i + text.length() <= line.length(); i++) {
            if (at(line, text, i)) {
                return !text.isEmpty();
            }
        }
        return false;
    }

    private static boolean at(String line, String text, int i) {
        int end = i + text.length();
        return line.regionMatches(true, i, text, 0, text.length())
                && (i == 0 || !isWord(line.charAt(i - 1)) || text.isEmpty() || !isWord(text.charAt(0)))
                && (end == line.length() || !isWord(line.charAt(end)) || text.isEmpty()
                        || !isWord(text.charAt(text.length() - 1)));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void trimEnd() {
        int end = words.length();
        while (end > 1 && (words.charAt(end - 1) <= ' ' || ".:;".indexOf(words.charAt(end - 1)) >= 0)) {
            end--;
        }
        words.setLength(end);
    }

    /** {@return everything, including line breaks} */
    String words() {
        return words.toString();
    }
}
