package dev.kloset.cli.copy;

import dev.kloset.exclude.Excludes;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How to copy.
 *
 * @param concurrency how many contents are open at once, at least 1
 * @param excludes what to leave out
 * @param xattrs whether the destination takes extended attributes
 * @param owner the new owner of copies of other users' files, or null to keep their owners
 * @param sourceGone says whether the whole source is gone. The copy asks when it cannot read a content: if the source is gone,
 *     the failure is not one file's, and the thousands of files that follow are not reported one by one
 */
public record CopySettings(int concurrency, Excludes excludes, boolean xattrs, @Nullable Owner owner,
        BooleanSupplier sourceGone) {

    public CopySettings {
        if (concurrency < 1) {
            throw new IllegalArgumentException("the concurrency must be at least 1, not " + concurrency);
        }
    }
}
