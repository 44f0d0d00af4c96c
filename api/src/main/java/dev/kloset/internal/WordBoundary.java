package dev.kloset.internal;

/** Decides by the surroundings of a word whether it is a value there or an ordinary word. */
final class WordBoundary {

    private WordBoundary() {}

    /** {@return whether no letter or digit continues it on either side} */
    static boolean isWord(String in, int start, int end) {
        return (start == 0 || !Character.isLetterOrDigit(in.charAt(start - 1)))
                && (end == in.length() || !Character.isLetterOrDigit(in.charAt(end)));
    }

    /** {@return whether a reader would take it for the value of a setting} */
    static boolean isValue(String in, int start, int end, String word) {
        char before = start == 0 ? ' ' : in.charAt(start - 1);
        char after = end == in.length() ? ' ' : in.charAt(end);
        if (start == 0 && end == in.length()) {
            return true;
        }
        if (before == '=' || before == ':' || before == '@' || before == '&' || before == '\\' || after == '@') {
            return true;
        }
        return isEnclosed(before, after) && !isKey(in, start) || isNamed(in, start, end, word);
    }

    private static boolean isEnclosed(char before, char after) {
        int opening = "\"'`<>[{(«‹“‘".indexOf(before);
        return opening >= 0
                && ("\"'`><]})»›”’".charAt(opening) == after || after == ',' && (before == '[' || before == '{'));
    }

    /** {@return whether the sentence is about the name of a setting} */
    private static boolean isKey(String in, int start) {
        return switch (wordBefore(in, behindBlanks(in, start))) {
            case "setting", "settings", "option", "parameter", "mean" -> true;
            default -> false;
        };
    }

    /** {@return whether it follows the name of a secret, with at most a sign or an "is" between them} */
    private static boolean isNamed(String in, int start, int end, String word) {
        int at = behindBlanks(in, start);
        char sign = at > 0 ? in.charAt(at - 1) : ' ';
        if (sign == '=') {
            return true;
        }
        boolean colon = sign == ':';
        String name = wordBefore(in, colon ? behindBlanks(in, at - 1) : at);
        if (!colon && (name.equals("is") || name.equals("was"))) {
            name = wordBefore(in, behindBlanks(in, at - name.length()));
        }
        return SecretKeys.isSecretWord(name) && (!OrdinaryWords.isJudgement(word) || colon && endsThere(in, end));
    }

    private static boolean endsThere(String in, int end) {
        return end == in.length() || ",;})]\n".indexOf(in.charAt(end)) >= 0;
    }

    /** {@return where the blanks and quotes before {@code at} begin} */
    private static int behindBlanks(String in, int at) {
        int start = at;
        while (start > 0
                && (in.charAt(start - 1) <= ' ' || in.charAt(start - 1) == '"' || in.charAt(start - 1) == '\'')) {
            start--;
        }
        return start;
    }

    private static String wordBefore(String in, int end) {
        int start = end;
        while (start > 0 && SecretKeys.isOfWord(in.charAt(start - 1))) {
            start--;
        }
        return SecretKeys.lower(in, start, end);
    }
}
