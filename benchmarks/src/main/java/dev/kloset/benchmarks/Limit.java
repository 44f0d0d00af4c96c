package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the machine does without any plugin: a command of the system at the same tree.
 *
 * @param script for bash; its first argument is the tree, its second a directory that is not there yet
 */
record Limit(String name, String script, Path tree) {

    /** Reads all metadata, and says them. */
    static Limit find(Path tree) {
        return new Limit("limit: find -printf", "find \"$1\" -printf '%s %m %U %G %T@ %i %n %p\\n' > /dev/null", tree);
    }

    /** Reads every file and moves it through a pipe. */
    static Limit tar(Path tree) {
        return new Limit("limit: tar, pipe, cat", "tar -C \"$1\" -cf - . | cat > /dev/null", tree);
    }

    /** Reads large files and moves them through a pipe. */
    static Limit cat(Path tree) {
        return new Limit("limit: cat, pipe, cat", "cat \"$1\"/*/* | cat > /dev/null", tree);
    }

    /** As many bytes as the tree has, through a pipe, from no file: 128 KiB for each write. */
    static Limit pipe(Path tree, long bytes) {
        return new Limit("limit: dd, pipe, cat",
                "dd if=/dev/zero bs=128k count=" + (bytes >> 17) + " status=none | cat > /dev/null", tree);
    }

    static Limit copy(Path tree) {
        return new Limit("limit: cp -a", "cp -a \"$1\" \"$2\"", tree);
    }

    static Limit copyAndSync(Path tree) {
        return new Limit("limit: cp -a, sync -f", "cp -a \"$1\" \"$2\"; sync -f \"$2\"", tree);
    }

    /** {@return what it took} This many items and bytes are in the tree. */
    Moved run(long items, long bytes) throws IOException, InterruptedException {
        Path copy = Files.createTempDirectory(tree.getParent(), "limit");
        try {
            Timed took = Timed.run(List.of("bash", "-euo", "pipefail", "-c", script, "limit", tree.toString(),
                    copy.resolve("made").toString()), Map.of(), copy);
            return new Moved(items, bytes, took.seconds(), took.processorSeconds(), Double.NaN, Double.NaN);
        } finally {
            Trees.delete(copy);
        }
    }
}
