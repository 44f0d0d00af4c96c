package dev.kloset.internal;

import org.jspecify.annotations.Nullable;

/** The rules for the path of a record and for the root of a connector. A host silently drops what breaks them. */
public final class CleanPath {

    private CleanPath() {}

    /** {@return what is wrong with {@code path}, in words that follow the path in a sentence; null if nothing is} */
    public static @Nullable String fault(String path) {
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

    /**
     * {@return what is wrong with the letters of {@code text}, in words that follow the text in a sentence; null if nothing is}
     */
    public static @Nullable String surrogateFault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "must be valid Unicode";
            }
        }
        return null;
    }
}
