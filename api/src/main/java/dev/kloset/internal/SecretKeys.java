package dev.kloset.internal;

/** Tells by the name of a setting, a parameter or a header whether its value is secret. */
public final class SecretKeys {

    private SecretKeys() {}

    /** {@return whether one of the words of {@code key} says so} A {@code keyspace} and an {@code author} do not. */
    public static boolean isSecret(String key) {
        int start = 0;
        for (int end = 0; end <= key.length(); end++) {
            boolean hump = end > 0 && end < key.length() && isUpper(key.charAt(end)) && isLower(key.charAt(end - 1));
            if (end == key.length() || hump || !isOfWord(key.charAt(end))) {
                if (end > start && isSecretWord(lower(key, start, end))) {
                    return true;
                }
                start = hump ? end : end + 1;
            }
        }
        return false;
    }

    /** {@return whether {@code word}, in small letters, names a secret} */
    static boolean isSecretWord(String word) {
        return word.startsWith("pass") || word.startsWith("pwd") || word.startsWith("token")
                || word.startsWith("credential") || word.startsWith("cookie") || word.startsWith("authoriz")
                || word.endsWith("key") || word.endsWith("pwd") || word.endsWith("token")
                || word.contains("secret") || word.contains("password") || word.contains("passwd")
                || word.contains("passphrase") || isSecretAsAWhole(word);
    }

    private static boolean isSecretAsAWhole(String word) {
        return switch (word) {
            case "auth", "dsn", "pin", "pw", "cred", "creds", "sas", "sig", "signature", "bearer", "jwt" -> true;
            default -> false;
        };
    }

    /** Not with a locale: there are languages in which an I has another small letter. */
    static String lower(String text, int start, int end) {
        StringBuilder lower = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            lower.append(isUpper(c) ? (char) (c + 'a' - 'A') : c);
        }
        return lower.toString();
    }

    static boolean isOfWord(char c) {
        return isLower(c) || isUpper(c) || c >= '0' && c <= '9';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }
}
