package dev.kloset;

import dev.kloset.internal.CleanPath;

/** The rules for the path of a record. A host silently drops records that break them, so this checks the rules. */
final class Pathnames {

    private Pathnames() {}

    static String check(String pathname) {
        String fault = CleanPath.fault(pathname);
        if (fault != null) {
            throw new IllegalArgumentException("the path " + quote(pathname) + " of a record " + fault);
        }
        return pathname;
    }

    static String lastPart(String pathname) {
        return pathname.equals("/") ? "/" : pathname.substring(pathname.lastIndexOf('/') + 1);
    }

    private static String quote(String path) {
        return '"' + path.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?") + '"';
    }
}
