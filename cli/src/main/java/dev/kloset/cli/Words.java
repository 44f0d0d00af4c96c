package dev.kloset.cli;

import dev.kloset.internal.LocationText;
import java.time.Duration;
import java.util.Locale;

/** Numbers, times and names as people read them. */
final class Words {

    private static final String[] UNITS = { "B", "kB", "MB", "GB", "TB", "PB", "EB" };

    private Words() {}

    /** {@return such as {@code 12.3 MB}, in powers of ten} */
    static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** {@return with separators, such as {@code 1,234,567}} */
    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@return such as {@code 1 file} or {@code 1,234 files}} */
    static String count(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    /** {@return such as {@code 3.2 s} or {@code 4 min 10 s}} */
    static String duration(Duration time) {
        if (time.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return time.toHours() == 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /** {@return {@code name} without anything that could move a cursor} Scripts get exact names from {@code --json}. */
    static String visible(String name) {
        StringBuilder visible = new StringBuilder(name.length());
        name.chars().forEach(c -> visible.append(Character.isISOControl(c) ? '?' : (char) c));
        return visible.toString();
    }

    /** {@return the location without a password that may be in it} */
    static String withoutPassword(String uri) {
        return LocationText.of(uri).shown();
    }
}
