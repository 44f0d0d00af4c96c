package dev.kloset.cli.shell;

import dev.kloset.exclude.Excludes;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The {@code --exclude} options. */
public final class ExcludeOptions {

    @Option(names = "--exclude", paramLabel = "PATTERN", order = 11, description = {
        "Leave out what matches, as in a .gitignore; may be repeated." })
    public List<String> patterns = new ArrayList<>();

    /** {@return the excludes that the patterns describe} Plakar ignores a pattern that it cannot read; here it is an error. */
    public Excludes excludes() throws CommandException {
        for (String pattern : patterns) {
            if (!Excludes.isReadable(pattern)) {
                throw CommandException.usage("the exclude pattern \"" + pattern + "\" cannot match anything");
            }
        }
        return Excludes.of(patterns);
    }
}
