package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.Timed;
import dev.kloset.benchmarks.measure.Transfer;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the machine achieves without any plugin: a system command at work on the same tree.
 *
 * @param script a script for bash; its first argument is the tree, its second a directory that does not exist yet
 */
public record Baseline(String name, String script, Path tree) {

    /** Reads and prints all metadata. */
    public static Baseline find(Path tree) {
        return new Baseline("limit: find -printf", "find \"$1\" -printf '%s %m %U %G %T@ %i %n %p\\n' > /dev/null",
                tree);
    }

    /** Reads every file and moves it through a pipe. */
    public static Baseline tar(Path tree) {
        return new Baseline("limit: tar, pipe, cat", "tar -C \"$1\" -cf - . | cat > /dev/null", tree);
    }

    /** Reads large files and moves them through a pipe. */
    public static Baseline cat(Path tree) {
        return new Baseline("limit: cat, pipe, cat", "cat \"$1\"/*/* | cat > /dev/null", tree);
    }

    /** Moves as many bytes as the tree has through a pipe, without reading a file: 128 KiB per write. */
    public static Baseline pipe(Path tree, long bytes) {
        return new Baseline("limit: dd, pipe, cat",
                "dd if=/dev/zero bs=128k count=" + (bytes >> 17) + " status=none | cat > /dev/null", tree);
    }

    static Baseline copy(Path tree) {
        return new Baseline("limit: cp -a", "cp -a \"$1\" \"$2\"", tree);
    }

    static Baseline copyAndSync(Path tree) {
        return new Baseline("limit: cp -a, sync -f", "cp -a \"$1\" \"$2\"; sync -f \"$2\"", tree);
    }

    /** {@return the cost of the command, for a tree of this many items and bytes} */
    Transfer run(long items, long bytes) throws IOException, InterruptedException {
        Path copy = Files.createTempDirectory(tree.getParent(), "limit");
        try {
            Timed took = Timed.run(List.of("bash", "-euo", "pipefail", "-c", script, "limit", tree.toString(),
                    copy.resolve("made").toString()), Map.of(), copy);
            return new Transfer(items, bytes, took.seconds(), took.processorSeconds(), Double.NaN, Double.NaN);
        } finally {
            Trees.delete(copy);
        }
    }
}
