package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that may open fewer files at once than a tree has directories on one path. */
class FewDescriptorsTest {

    /** A tree, and how many files may be open. */
    enum Case {

        DEEP_AND_WIDE(25, 40, 64),
        /** More levels than a service may have files open by default, with names so short that Java can still make and compare them. */
        VERY_DEEP(1500, 1, 1024);

        private final int levels;
        private final int directories;
        private final int descriptors;

        Case(int levels, int directories, int descriptors) {
            this.levels = levels;
            this.directories = directories;
            this.descriptors = descriptors;
        }

        List<String> limit() {
            return List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh");
        }
    }

    @TempDir
    Path directory;

    private Path source(Case tree) throws IOException {
        Path source = Files.createDirectory(directory.resolve("source"));
        Path level = source;
        for (int i = 0; i < tree.levels; i++) {
            for (int j = 0; j < tree.directories; j++) {
                Path made = Files.createDirectory(level.resolve(Integer.toString(j)));
                Files.writeString(made.resolve("f"), i + " " + j);
            }
            level = level.resolve("0");
        }
        return source;
    }

    /** JUnit resolves the whole path of each file before it deletes it, which takes minutes in a tree that deep. */
    @AfterEach
    void removeTrees() throws Exception {
        TreeMaker.shell(directory, "rm -rf source restored");
    }

    @ParameterizedTest
    @EnumSource
    void plakarBacksUpAndRestoresEverything(Case tree) throws Exception {
        Path source = source(tree);
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory).within(tree.limit())) {
            Snapshot snapshot = plakar.at("fs://" + directory.resolve("repository"))
                    .create()
                    .backup("files://" + source);
            assertThat(snapshot.count("Errors")).isZero();
            snapshot.restore("files://" + directory.resolve("restored"));
        }
        before.assertSame(Tree.of(directory.resolve("restored")));
    }

    @ParameterizedTest
    @EnumSource
    void ourHostCopiesEverything(Case tree) throws Exception {
        Path source = source(tree);
        new KlosetCopy(Files.createDirectory(directory.resolve("copy"))).within(tree.limit())
                .ok(source, directory.resolve("restored"));
        Tree.of(source).assertSame(Tree.of(directory.resolve("restored")));
    }
}
