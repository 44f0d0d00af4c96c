package dev.kloset.cli;

import dev.kloset.cli.copy.Excludes;
import java.util.List;

/** Reads the {@code --exclude} options. */
final class Excluding {

    private Excluding() {}

    static Excludes of(List<String> patterns) throws CommandException {
        try {
            return Excludes.of(patterns);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
