package dev.kloset.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.XattrRecord;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root backs up a tree whose owner replaces directories and files by links that lead outside. */
class AttackedSourceTest {

    /** 300 with {@code -Pfull}. */
    private static final int BACKUPS = Integer.getInteger("attack.backups", 30);
    private static final int OF_ONE_PROCESS = 10;
    private static final int BY_PLAKAR = 3;

    @TempDir
    Path directory;

    private final Queue<String> stolen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();

    private AttackedSource source() throws IOException, InterruptedException {
        Files.setAttribute(directory, "unix:mode", 0755);
        return new AttackedSource(directory);
    }

    @Test
    void nothingFromOutsideEntersABackup() throws Exception {
        AttackedSource source = source();
        try (Perl one = source.attack(); Perl other = source.attack()) {
            for (int done = 0; done < BACKUPS; done += OF_ONE_PROCESS) {
                try (PluginProcess process = Plugins.JAVA.start("importer");
                        Importer importer = process.importer(Plugins.JAVA.at(source.path()))) {
                    for (int i = 0; i < OF_ONE_PROCESS; i++) {
                        importer.importRecords(this::take);
                    }
                }
            }
            assertThat(one.end() + other.end()).as("swaps").isGreaterThan(BACKUPS);
        }
        assertThat(stolen).isEmpty();
        assertThat(files.get()).as("files that were read").isGreaterThan(BACKUPS);
        assertThat(errors.get()).as("files that were not what they had been").isPositive();
    }

    private void take(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
        if (record.pathname().contains(AttackedSource.SECRET)) {
            stolen.add(record.toString());
        }
        try {
            switch (record) {
                case FileRecord file -> {
                    if (file.content().isPresent()) {
                        read(file.pathname(), file.content().get());
                        files.incrementAndGet();
                    }
                }
                case XattrRecord xattr -> read(xattr.pathname(), xattr.content());
                case ErrorRecord _ -> errors.incrementAndGet();
            }
            onResult.accept(ConnectorResult.ok(record));
        } catch (IOException e) {
            errors.incrementAndGet();
            onResult.accept(ConnectorResult.error(record, String.valueOf(e.getMessage())));
        }
    }

    private void read(String pathname, Content content) throws IOException {
        try (InputStream in = content.open()) {
            if (new String(in.readAllBytes(), UTF_8).contains(AttackedSource.SECRET)) {
                stolen.add("the content of " + pathname);
            }
        }
    }

    @Test
    void nothingFromOutsideEntersARepository() throws Exception {
        AttackedSource source = source();
        List<String> found;
        try (Plakar plakar = Plakar.withFiles(directory); Perl attack = source.attack()) {
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            for (int i = 0; i < BY_PLAKAR; i++) {
                repository.run("backup", "files://" + source.path());
            }
            assertThat(attack.end()).isPositive();
            List<String> snapshots = repository.snapshotIds();
            assertThat(snapshots).hasSize(BY_PLAKAR);
            for (String snapshot : snapshots) {
                repository.run("restore", "-to", "files://" + directory.resolve("restored/" + snapshot), snapshot);
            }
            found = Shell.run(directory.resolve("restored"),
                    "find . -name '" + AttackedSource.SECRET + "'; grep -r " + AttackedSource.SECRET + " .")
                    .lines();
        }
        assertThat(found).isEmpty();
        assertThat(Tree.of(directory.resolve("restored")).regularFiles()).isGreaterThan(BY_PLAKAR);
    }
}
