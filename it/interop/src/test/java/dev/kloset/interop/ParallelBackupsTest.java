package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.testkit.clause.Concurrently;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several hosts back up into one repository: each lists the locks of the others and reads them while the others end. To get the
 * counts of docs/design/0023, run {@code it/interop/run -Dtest=ParallelBackupsTest -Dinterop.backups=30}, also with {@code
 * -Dinterop.store=fs}.
 */
class ParallelBackupsTest {

    private static final int HOSTS = 4;

    @TempDir
    Path directory;

    @Test
    void noBackupFailsBecauseAnotherOneEnds() throws Exception {
        Path source = directory.resolve("source");
        TreeMaker.in(source).file("file", 10);
        int backups = Integer.getInteger("interop.backups", 5);
        Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        try (Plakar plakar = Plakar.withFiles(directory)) {
            String store = System.getProperty("interop.store", "files") + "://" + directory.resolve("repository");
            Repository repository = plakar.at(store).create();
            Concurrently.run(IntStream.range(0, HOSTS).mapToObj(_ -> () -> {
                for (int i = 0; i < backups; i++) {
                    outcomes.add(repository.run("backup", "fs://" + source));
                }
            }));
        }
        List<String> failed = outcomes.stream()
                .filter(outcome -> outcome.exit() != 0 || outcome.text().contains("/plakar: "))
                .map(Outcome::toString)
                .toList();
        assertThat(failed).as("%d of %d", failed.size(), outcomes.size()).isEmpty();
    }
}
