package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Plakar's own file system connector keeps of a tree: the standard for ours. It also proves that this suite notices
 * differences.
 */
class BuiltInConnectorTest {

    /** The connector sets times with microseconds and rounds up. */
    static final Duration TIME_TOLERANCE = Duration.ofNanos(999);

    @TempDir
    Path directory;

    @Test
    void theBuiltInConnectorKeepsAllButFurtherNamesAndNanoseconds() throws Exception {
        Path source = TreeMaker.varied(directory.resolve("source"));
        Path restored = directory.resolve("restored");
        try (Plakar plakar = Plakar.below(directory)) {
            Snapshot snapshot = plakar.at("fs://" + directory.resolve("repository"))
                    .create()
                    .backup(source.toString());
            snapshot.check();
            snapshot.restore("fs://" + restored);
        }
        assertThat(Tree.of(source).within(TIME_TOLERANCE).differences(Tree.of(restored)))
                .containsExactlyInAnyOrderElementsOf(lostHardLinks());
    }

    /** The connector looks for the first name of a file below its own root twice, so every further name is lost. */
    private static List<String> lostHardLinks() {
        return List.of("0", "0 again", "1", "1 again", "2", "2 again")
                .stream()
                .map(n -> "missing: /hard/b/" + n)
                .toList();
    }
}
