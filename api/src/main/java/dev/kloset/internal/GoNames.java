package dev.kloset.internal;

import java.util.Locale;

/** Go's names of operating systems and processors: packages use them, and hosts when they describe themselves. */
public final class GoNames {

    private GoNames() {}

    /** {@return the operating system in Go's words} A name that Go does not have stays, in lower case and without blanks. */
    public static String operatingSystem(String javaName) {
        String name = javaName.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "darwin";
        }
        return name.startsWith("windows") ? "windows" : name.replace(" ", "");
    }

    /** {@return the processor in Go's words} A name that Go does not have stays, in lower case. */
    public static String architecture(String javaName) {
        String name = javaName.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "x86", "i386", "i686" -> "386";
            default -> name;
        };
    }
}
