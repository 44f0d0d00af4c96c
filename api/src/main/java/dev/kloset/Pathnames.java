package dev.kloset;

import org.jspecify.annotations.Nullable;

/** The rules for the path of a record. A host drops what breaks them without a word, so they are checked here. */
final class Pathnames {

    private Pathnames() {}

    static String check(String pathname) {
        String fault = fault(pathname);
        if (fault != null) {
            throw new IllegalArgumentException("the path " + quote(pathname) + " of a record " + fault);
        }
        return pathname;
    }

    static String lastPart(String pathname) {
        return pathname.equals("/") ? "/" : pathname.substring(pathname.lastIndexOf('/') + 1);
    }

    private static @Nullable String fault(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return "must be absolute";
        }
        int partStart = 1;
        for (int i = 1; i <= path.length(); i++) {
            if (i < path.length() && path.charAt(i) != '/') {
                continue;
            }
            int length = i - partStart;
            if (length == 0 && path.length() > 1) {
                return "must not have an empty part or a trailing slash";
            }
            if (path.startsWith(".", partStart) && (length == 1 || length == 2 && path.charAt(partStart + 1) == '.')) {
                return "must not contain . or ..";
            }
            partStart = i + 1;
        }
        return surrogateFault(path);
    }

    private static @Nullable String surrogateFault(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < path.length() && Character.isLowSurrogate(path.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "must be valid Unicode";
            }
        }
        return null;
    }

    private static String quote(String path) {
        return '"' + path.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?") + '"';
    }
}
