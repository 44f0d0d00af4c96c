package dev.kloset.cli.shell;

import dev.kloset.exclude.Excludes;
import java.util.List;

/** Reads the {@code --exclude} options. */
public final class ExcludeOptions {

    private ExcludeOptions() {}

    /** {@return the excludes that the patterns describe} Plakar ignores a pattern that it cannot read; here it is an error. */
    public static Excludes of(List<String> patterns) throws CommandException {
        for (String pattern : patterns) {
            if (!Excludes.isReadable(pattern)) {
                throw CommandException.usage("the exclude pattern \"" + pattern + "\" cannot match anything");
            }
        }
        return Excludes.of(patterns);
    }
}
