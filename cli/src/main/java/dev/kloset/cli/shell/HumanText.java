package dev.kloset.cli.shell;

import dev.kloset.internal.LocationText;
import java.time.Duration;
import java.util.Locale;

/** Formats numbers, times and names for people. */
public final class HumanText {

    private static final String[] UNITS = { "B", "kB", "MB", "GB", "TB", "PB", "EB" };

    private HumanText() {}

    /** {@return a size such as {@code 12.3 MB}, in powers of ten} */
    public static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** {@return a number with separators, such as {@code 1,234,567}} */
    public static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@return a number with its noun, such as {@code 1 file} or {@code 1,234 files}} */
    public static String count(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    /** {@return a time such as {@code 3.2 s} or {@code 4 min 10 s}} */
    public static String duration(Duration time) {
        if (time.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return time.toHours() == 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /** {@return {@code name} without characters that could move the cursor} Scripts get exact names from {@code --json}. */
    public static String visible(String name) {
        StringBuilder visible = new StringBuilder(name.length());
        name.chars().forEach(c -> visible.append(Character.isISOControl(c) ? '?' : (char) c));
        return visible.toString();
    }

    /** {@return the location without the password that it may contain} */
    static String withoutPassword(String uri) {
        return LocationText.of(uri).shown();
    }
}
