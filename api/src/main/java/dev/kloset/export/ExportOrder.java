package dev.kloset.export;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a record stands among the others: after earlier ones for its path or a path above it, with its key, or of a lower phase.
 *
 * @param key null for a record that waits for no key
 */
record ExportOrder(String pathname, @Nullable String key, int phase) {

    ExportOrder {
        Objects.requireNonNull(pathname, "pathname");
    }

    static ExportOrder byPath(String pathname) {
        return new ExportOrder(pathname, null, 0);
    }
}
