package dev.kloset.packaging.tool;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Versions as Plakar writes them. */
public final class PackageVersion {

    // semver.org, with the v that Go requires.
    private static final Pattern VERSION = Pattern.compile("v(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
            + "(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");

    private PackageVersion() {}

    /** {@return {@code 1.2-SNAPSHOT} as {@code v1.2.0-snapshot}} */
    public static String of(String given) throws PackagingException {
        return find(given).orElseThrow(() -> new PackagingException(
                "Plakar knows no version \"" + given + "\": it takes three numbers and perhaps a "
                        + "suffix, such as 1.2.0 or 1.2.0-rc.1"));
    }

    /** {@return the same, or nothing if it cannot be written like that} */
    public static Optional<String> find(String given) {
        String text = given.startsWith("v") ? given.substring(1) : given;
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String numbers = text.substring(0, end);
        String rest = text.substring(end).toLowerCase(Locale.ROOT);
        for (long dots = numbers.chars().filter(c -> c == '.').count(); dots < 2; dots++) {
            numbers += ".0";
        }
        String version = "v" + numbers + rest;
        return VERSION.matcher(version).matches() && !version.contains("_") ? Optional.of(version) : Optional.empty();
    }
}
