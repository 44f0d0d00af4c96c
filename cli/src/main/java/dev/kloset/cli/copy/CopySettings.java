package dev.kloset.cli.copy;

import java.util.function.BooleanSupplier;

/**
 * How to copy.
 *
 * @param concurrency how many contents are open at once, at least 1
 * @param excludes what to leave out
 * @param xattrs whether the destination takes extended attributes
 * @param sourceGone whether the source as a whole is gone, asked when a content cannot be read: that is no failure of one
 *     file then, and the thousands behind it need not be told one by one
 */
public record CopySettings(int concurrency, Excludes excludes, boolean xattrs, BooleanSupplier sourceGone) {

    public CopySettings {
        if (concurrency < 1) {
            throw new IllegalArgumentException("the concurrency must be at least 1, not " + concurrency);
        }
    }
}
