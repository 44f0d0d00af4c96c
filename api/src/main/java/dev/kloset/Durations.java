package dev.kloset;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as Go and people write them ({@code 1h30m}, {@code 0.5s}, {@code 7d}) and as ISO 8601 does ({@code PT5M}). */
final class Durations {

    private static final String UNIT = "(?:ns|us|ms|s|m|h|d)";
    private static final String NUMBER = "[0-9]{1,9}(?:\\.[0-9]{1,9})?";
    private static final Pattern TERM = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,9}))?(" + UNIT + ")");

    private static final long SECOND = 1_000_000_000;
    private static final int FRACTION_DIGITS = 9;

    static final String PATTERN = "(?:0|(?:" + NUMBER + UNIT + "){1,7}|P(?=[0-9T])(?:[0-9]{1,9}D)?(?:T(?=[0-9])"
            + "(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:" + NUMBER + "S)?)?)";

    private Durations() {}

    static Duration parse(String text) {
        if (text.charAt(0) == 'P') {
            return iso(text);
        }
        Duration sum = Duration.ZERO;
        Matcher terms = TERM.matcher(text);
        while (terms.find()) {
            sum = sum.plus(term(Long.parseLong(terms.group(1)), billionths(terms.group(2)), nanos(terms.group(3))));
        }
        return sum;
    }

    /**
     * With the digits before and after the point apart, nothing is too large for a long. BigDecimal would slow the start down.
     */
    private static Duration term(long whole, long billionths, long nanosOfUnit) {
        return nanosOfUnit >= SECOND
                ? Duration.ofSeconds(whole * (nanosOfUnit / SECOND)).plusNanos(billionths * (nanosOfUnit / SECOND))
                : Duration.ofNanos(whole * nanosOfUnit + billionths * nanosOfUnit / SECOND);
    }

    private static long billionths(@Nullable String digits) {
        long value = digits == null ? 0 : Long.parseLong(digits);
        for (int i = digits == null ? 0 : digits.length(); i < FRACTION_DIGITS; i++) {
            value *= 10;
        }
        return value;
    }

    @SuppressWarnings("UnusedException") // Its message repeats the text.
    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("not a duration");
        }
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
    }
}
