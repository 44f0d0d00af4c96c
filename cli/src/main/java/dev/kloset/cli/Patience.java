package dev.kloset.cli;

import java.time.Duration;

/** After how long the user hears what a plugin is waited for: by {@code KLOSET_WATCHDOG}, which plugins look at too. */
final class Patience {

    static final String VARIABLE = "KLOSET_WATCHDOG";

    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final int MOST_DIGITS = 9;

    private Patience() {}

    /** {@return 30 s, or what {@code setting} says if it is less; zero for never} Plugins say what they cannot understand. */
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
