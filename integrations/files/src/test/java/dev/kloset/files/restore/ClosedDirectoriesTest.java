package dev.kloset.files.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.files.ChildJvm;
import org.junit.jupiter.api.Test;

class ClosedDirectoriesTest {

    private static final int DIRECTORIES = 1_000_000;

    /** A user's restore of read-only directories with long paths, as Go keeps modules, in a process with half the heap of a package. */
    static final class Restore {
        public static void main(String[] args) throws Exception {
            ClosedDirectories closed = new ClosedDirectories();
            for (int i = 0; i < DIRECTORIES; i++) {
                closed.add(path(i), 5);
            }
            int[] next = { DIRECTORIES };
            closed.drain((path, rights) -> {
                next[0]--;
                if (!path.equals(path(next[0])) || rights != 5) {
                    throw new IllegalStateException(path + " instead of " + path(next[0]));
                }
            });
            ChildJvm.report("left: " + next[0]);
        }

        private static String path(int number) {
            return "/pkg/mod/example.org/" + "a-module-with-a-long-name/".repeat(4) + number / 1000 + "@v1.2.3/"
                    + "internal/package" + number;
        }
    }

    @Test
    void aMillionFitIntoHalfTheHeapOfAPackage() throws Exception {
        try (ChildJvm child = ChildJvm.start(Restore.class)) {
            assertThat(child.lines()).containsExactly("left: 0");
            assertThat(child.await()).isZero();
        }
    }
}
