package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HDFS as the store of the real Plakar, with the package of {@code hadoop}. */
class HadoopTest {

    @TempDir
    Path directory;

    private Path tree() throws Exception {
        Path tree = Files.createDirectories(directory.resolve("source/a b/ü"));
        for (int i = 0; i < 300; i++) {
            Files.writeString(tree.resolve("file " + i), ("line " + i + "\n").repeat(i * 10));
        }
        byte[] large = new byte[5 << 20];
        new java.util.Random(1).nextBytes(large);
        Files.write(tree.resolve("large"), large);
        return directory.resolve("source");
    }

    private static boolean isSame(Path a, Path b) throws Exception {
        return new ProcessBuilder("diff", "-r", a.toString(), b.toString()).inheritIO().start().waitFor() == 0;
    }

    @Test
    void aRepositoryOnHdfsKeepsWhatIsPutIntoIt() throws Exception {
        Path source = tree();
        try (HdfsCluster cluster = HdfsCluster.start(directory); Plakar plakar = Plakar.below(directory)) {
            plakar.install(Programs.root().resolve("integrations/hadoop/target/image"));
            plakar.ok("store", "add", "lake", "hdfs:///backups/lake", cluster.confDir());
            Repository repository = plakar.at("@lake").create();

            Snapshot first = repository.backup(source.toString());
            Files.writeString(source.resolve("added"), "one more");
            Snapshot second = repository.backup(source.toString());

            assertThat(repository.snapshotIds()).isEqualTo(List.of(second.id(), first.id()));
            first.check();
            second.check();
            Path restored = directory.resolve("restored");
            second.restore(restored.toString());
            assertThat(isSame(source, restored.resolve(directory.getRoot().relativize(source)))
                    || isSame(source, restored))
                    .isTrue();
            assertThat(cluster.count("/backups/lake/packfiles")).isPositive();
            assertThat(cluster.count("/backups/lake/locks")).isZero();
            assertThat(cluster.count("/backups/lake/tmp")).isZero();
            Outcome again = repository.run("create", "-plaintext");
            assertThat(again.exit()).isNotZero();
            assertThat(again.text()).contains("there is one already");
        }
    }
}
