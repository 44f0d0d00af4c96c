package dev.kloset.cli.copy;

import dev.kloset.Excludes;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How to copy.
 *
 * @param concurrency how many contents are open at once, at least 1
 * @param excludes what to leave out
 * @param xattrs whether the destination takes extended attributes
 * @param owner to whom the copies of other users' files belong, or null to keep their owners
 * @param sourceGone whether the source as a whole is gone, asked when a content cannot be read: that is no failure of one
 *     file then, and the thousands behind it need not be told one by one
 */
public record CopySettings(int concurrency, Excludes excludes, boolean xattrs, @Nullable Owner owner,
        BooleanSupplier sourceGone) {

    public CopySettings {
        if (concurrency < 1) {
            throw new IllegalArgumentException("the concurrency must be at least 1, not " + concurrency);
        }
    }
}
