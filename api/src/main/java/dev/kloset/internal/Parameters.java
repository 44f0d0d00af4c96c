package dev.kloset.internal;

import java.util.List;

/**
 * Finds {@code key=value} and {@code key: value} with a secret key inside a text: in the query of a URL, after the semicolons of
 * a JDBC URL, in the words of a connection string, in the header of a request, in an object of JSON.
 */
final class Parameters {

    private static final int NONE = -1;
    private static final int MAX_ENDS = 100;

    private Parameters() {}

    /** {@return where the value of the first secret {@code key=} begins, or -1} */
    static int firstSecret(String text, int from) {
        for (int sign = text.indexOf('=', from); sign >= 0; sign = text.indexOf('=', sign + 1)) {
            if (hasSecretKey(text, sign, from)) {
                return sign + 1;
            }
        }
        return NONE;
    }

    /** Add everything in {@code text} that could be the value of a secret key. */
    static void addTo(List<String> found, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '=' || c == ':' && !isOfLocation(text, i)) && hasSecretKey(text, i, 0)) {
                value(found, text.substring(i + 1).strip());
            }
        }
    }

    private static boolean isOfLocation(String text, int colon) {
        char next = colon + 1 < text.length() ? text.charAt(colon + 1) : ' ';
        return next != ' ' && next != '"' && next != '\'';
    }

    private static boolean hasSecretKey(String text, int sign, int from) {
        int end = sign;
        while (end > from && isAroundKey(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > from && isOfKey(text.charAt(start - 1))) {
            start--;
        }
        return start < end && SecretKeys.isSecret(text.substring(start, end));
    }

    private static boolean isAroundKey(char c) {
        return c == ' ' || c == '"' || c == '\'';
    }

    private static boolean isOfKey(char c) {
        return SecretKeys.isOfWord(c) || c == '_' || c == '-' || c == '.';
    }

    /** A value may end at each of the characters that end one in some syntax; which of them was meant is uncertain. */
    private static void value(List<String> found, String rest) {
        if (rest.startsWith("\"") || rest.startsWith("'")) {
            quoted(found, rest);
            return;
        }
        int piece = NONE;
        int ends = 0;
        for (int i = 0; i < rest.length() && ends < MAX_ENDS; i++) {
            char c = rest.charAt(i);
            if (c == '&' || c == ';' || c == '#' || c == ',' || c == '}' || c <= ' ') {
                ends++;
                found.add(rest.substring(0, i));
                tail(found, rest, piece, i);
                piece = c == '&' || c == ';' || c == '#' ? i + 1 : piece;
            }
        }
        found.add(rest);
        tail(found, rest, piece, rest.length());
    }

    /** The part between two separators may be the rest of the secret. */
    private static void tail(List<String> found, String rest, int start, int end) {
        if (start > 0) {
            found.add(rest.substring(start, end));
        }
    }

    private static void quoted(List<String> found, String rest) {
        char quote = rest.charAt(0);
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < rest.length() && rest.charAt(i) != quote; i++) {
            char c = rest.charAt(i);
            if (c == '\\' && i + 1 < rest.length()) {
                char escaped = rest.charAt(++i);
                value.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped == 't' ? '\t' : escaped);
            } else {
                value.append(c);
            }
        }
        found.add(value.toString());
    }
}
