package dev.kloset.internal;

import java.util.Set;

/** Decides by the name of a setting, a parameter or a header whether its value is secret. */
public final class SecretKeys {

    /**
     * Keys under which hosts send values of their own by mistake, the passphrase of their repository and the command that prints
     * it: no connector gets them, so none may declare them. Plakar removes them for the main store only: it sends them with
     * {@code -keyfile}, for {@code store check}, {@code store ping} and for the peers of {@code sync}. No other key of the host
     * is known to arrive. The keys are here because this class is loaded before Init in any case.
     */
    public static final Set<String> OF_THE_HOST = Set.of("passphrase", "passphrase_cmd");

    private SecretKeys() {}

    /** {@return whether one of the words of {@code key} names a secret} Those of {@code keyspace} and {@code author} do not. */
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

    /** {@return whether {@code word}, in lower case, names a secret} */
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

    /** Without a locale: some languages have another lower-case letter for I. */
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
