package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.servers.MiniHdfs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HDFS as the store of the real Plakar, with the package of {@code hadoop}. */
class HadoopTest {

    @TempDir
    Path directory;

    private Path confDir(MiniHdfs cluster) throws Exception {
        Path conf = Files.createDirectory(directory.resolve("conf"));
        StringBuilder text = new StringBuilder("<configuration>\n");
        text.append(property("fs.defaultFS=" + cluster.location()));
        cluster.settings().forEach(setting -> text.append(property(setting)));
        Files.writeString(conf.resolve("core-site.xml"), text.append("</configuration>\n"));
        return conf;
    }

    private static String property(String setting) {
        String[] parts = setting.split("=", 2);
        return "  <property><name>" + parts[0] + "</name><value>" + parts[1] + "</value></property>\n";
    }

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

    private static int files(MiniHdfs cluster, String path) throws Exception {
        int count = 0;
        try (FileSystem admin = cluster.admin()) {
            RemoteIterator<LocatedFileStatus> files = admin.listFiles(new org.apache.hadoop.fs.Path(path), true);
            while (files.hasNext()) {
                FileStatus file = files.next();
                assertThat(file.getLen()).as(file.getPath().toString()).isPositive();
                count++;
            }
        }
        return count;
    }

    @Test
    void aRepositoryOnHdfsKeepsWhatIsPutIntoIt() throws Exception {
        Path source = tree();
        try (MiniHdfs cluster = MiniHdfs.start(1, Map.of()); Plakar plakar = Plakar.below(directory)) {
            plakar.install(Programs.root().resolve("integrations/hadoop/target/image"));
            plakar.ok("store", "add", "lake", "hdfs:///backups/lake", "conf_dir=" + confDir(cluster));
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
            assertThat(files(cluster, "/backups/lake/packfiles")).isPositive();
            assertThat(files(cluster, "/backups/lake/locks")).isZero();
            assertThat(files(cluster, "/backups/lake/tmp")).isZero();
            Outcome again = repository.run("create", "-plaintext");
            assertThat(again.exit()).isNotZero();
            assertThat(again.text()).contains("there is one already");
        }
    }
}
