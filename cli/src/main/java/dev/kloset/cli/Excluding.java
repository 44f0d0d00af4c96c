package dev.kloset.cli;

import dev.kloset.Excludes;
import java.util.List;

/** Reads the {@code --exclude} options. */
final class Excluding {

    private Excluding() {}

    /** {@return what they exclude} Plakar says nothing of a pattern that it cannot read; here it is a mistake. */
    static Excludes of(List<String> patterns) throws CommandException {
        for (String pattern : patterns) {
            if (!Excludes.isReadable(pattern)) {
                throw CommandException.usage("the exclude pattern \"" + pattern + "\" cannot match anything");
            }
        }
        return Excludes.of(patterns);
    }
}
