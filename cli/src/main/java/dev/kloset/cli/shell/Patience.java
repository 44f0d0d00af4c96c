package dev.kloset.cli.shell;

import java.time.Duration;

/**
 * How long the command waits for a plugin before it reports what it is waiting for. {@code KLOSET_WATCHDOG} sets this, for
 * plugins too.
 */
final class Patience {

    static final String VARIABLE = "KLOSET_WATCHDOG";

    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final int MOST_DIGITS = 9;

    private Patience() {}

    /** {@return 30 s, or the value of {@code setting} if that is less; zero for never} Plugins report a value that they cannot read. */
    static Duration of(String setting) {
        String words = setting.strip();
        if (words.equalsIgnoreCase("off")) {
            return Duration.ZERO;
        }
        int last = words.length() - 1;
        if (last < 1 || last > MOST_DIGITS || !words.substring(0, last).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return USUAL;
        }
        long number = Long.parseLong(words.substring(0, last));
        Duration said = switch (words.charAt(last)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> USUAL;
        };
        return said.isPositive() && said.compareTo(USUAL) < 0 ? said : USUAL;
    }
}
