package dev.kloset;

/**
 * The place where a connector works, as the user writes it: {@code proto://path}.
 *
 * @param proto the protocol, or {@code fs} if the text names none, as Plakar reads it
 * @param path everything after {@code proto:} and one optional {@code //}, unchanged
 */
public record Location(String proto, String path) {

    private static final String FALLBACK_PROTOCOL = "fs";

    /**
     * {@return the parts of {@code text}} A protocol has at least two characters, each a letter, a digit or one of {@code + - .},
     * so {@code C:\data} is a path.
     */
    public static Location parse(String text) {
        int end = 0;
        while (end < text.length() && isProtocolCharacter(text.charAt(end))) {
            end++;
        }
        if (end < 2 || end == text.length() || text.charAt(end) != ':') {
            return new Location(FALLBACK_PROTOCOL, text);
        }
        String rest = text.substring(end + 1);
        return new Location(text.substring(0, end), rest.startsWith("//") ? rest.substring(2) : rest);
    }

    /** {@return whether Plakar can find a connector under this name} */
    public static boolean isProtocol(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isProtocolCharacter(name.charAt(i))) {
                return false;
            }
        }
        return name.length() >= 2;
    }

    private static boolean isProtocolCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-'
                || c == '.';
    }

    @Override
    public String toString() {
        return proto + "://" + path;
    }
}
