package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.testkit.clause.Concurrently;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of HDFS that several real Plakars back up at once, and the snapshots that the NameNode makes for them. */
class HadoopSplitTest {

    private static final String TREE = "/warehouse";
    private static final int PARTS = 3;
    private static final int FILES = 90;
    private static final String SNAPSHOT = "create_snapshot";
    /** The file that says what the backup shows is another one each time. */
    private static final int ADDED = 1;
    private static final Pattern OPENED = Pattern.compile("\"to-host\": ?\\{\"count\": ?(\\d+)");
    private static final Pattern RECORDS = Pattern.compile("\"records\": ?(\\d+)");

    @TempDir
    Path directory;

    private static void makeTree(HdfsCluster cluster) throws Exception {
        var files = cluster.files();
        for (int i = 0; i < FILES; i++) {
            String path = TREE + "/t" + i % 4 + "/part " + i;
            cluster.write(path, ("row " + i + "\n").repeat(i + 1));
            files.setOwner(hdfs(path), "owner" + i % 3, "readers");
            files.setPermission(hdfs(path), new FsPermission((short) (i % 2 == 0 ? 0640 : 0600)));
        }
        files.setAcl(hdfs(TREE + "/t1/part 1"),
                AclEntry.parseAclSpec("user::rw-,user:reader:r--,group::r--,mask::r--,other::---", true));
        files.allowSnapshot(hdfs(TREE));
    }

    private static org.apache.hadoop.fs.Path hdfs(String path) {
        return new org.apache.hadoop.fs.Path(path);
    }

    /** {@return a Plakar of a machine of its own, which knows nothing of the others but the repository} */
    private Plakar machine(HdfsCluster cluster, int number) throws Exception {
        Plakar plakar = Plakar.below(directory.resolve("m" + number)).with("KLOSET_STATS", "json");
        plakar.install(Programs.root().resolve("integrations/hadoop/target/image"));
        plakar.ok("store", "add", "lake", "hdfs:///backups/lake", cluster.confDir());
        return plakar;
    }

    /** {@return what each machine's importer has counted in a backup of its part; all of them at the same time} */
    private static List<String> backups(HdfsCluster cluster, List<Plakar> machines, String... more) throws Exception {
        List<String> counted = Collections.synchronizedList(new ArrayList<>(Collections.nCopies(PARTS, "")));
        Concurrently.run(IntStream.range(0, PARTS).mapToObj(i -> () -> {
            List<String> command = new ArrayList<>(
                    List.of("backup", "-o", cluster.confDir(), "-o", "split=" + (i + 1) + "/" + PARTS));
            command.addAll(List.of(more));
            command.add("hdfs://" + TREE);
            Outcome outcome = machines.get(i).at("@lake").ok(command.toArray(String[]::new));
            counted.set(i, counted(outcome));
        }));
        return counted;
    }

    /** {@return the statistics of the only importer that has been at work} */
    private static String counted(Outcome backup) {
        List<String> importers = backup.text()
                .lines()
                .filter(line -> line.contains("\"kloset-stats\"") && line.contains("/importer.Importer/Import\""))
                .toList();
        assertThat(importers).as(backup.toString()).hasSize(1);
        return importers.getFirst();
    }

    private static int number(Pattern pattern, String statistics) {
        Matcher matcher = pattern.matcher(statistics);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    @Test
    void partsThatAreBackedUpAtOnceAreTogetherTheTree() throws Exception {
        List<Plakar> machines = new ArrayList<>();
        try (HdfsCluster cluster = HdfsCluster.start(directory)) {
            makeTree(cluster);
            SortedMap<String, String> tree = cluster.view(TREE);
            for (int i = 0; i < PARTS; i++) {
                machines.add(machine(cluster, i));
            }
            Repository repository = machines.getFirst().at("@lake").create();
            cluster.files().createSnapshot(hdfs(TREE), "monday");

            List<String> first = backups(cluster, machines, "-o", "snapshot=monday");
            List<String> parts = repository.snapshotIds();
            long made = cluster.calls(SNAPSHOT);
            List<String> second = backups(cluster, machines);

            assertThat(first.stream().mapToInt(part -> number(OPENED, part)).sum()).isGreaterThanOrEqualTo(FILES);
            assertThat(second).allSatisfy(part -> assertThat(number(OPENED, part)).as(part).isEqualTo(ADDED));
            assertThat(made).as("the administrator's alone").isEqualTo(1);
            assertThat(cluster.calls(SNAPSHOT)).as("one for each part").isEqualTo(made + PARTS);
            assertThat(cluster.files().listStatus(hdfs(TREE + "/.snapshot"))).hasSize(1);
            assertThat(parts).hasSize(PARTS);
            for (String part : parts) {
                repository.ok("restore", "-o", cluster.confDir(), "-to", "hdfs:///restored", part);
            }
            assertThat(cluster.view("/restored")).isEqualTo(tree);
            repository.ok("check");
        } finally {
            for (Plakar machine : machines) {
                machine.close();
            }
        }
    }

    /** Plakar starts an importer once more, only to count, unless the importer says that this must not be. */
    @Test
    void aBackupMakesOneSnapshotAndAnUnchangedOneOpensNoFile() throws Exception {
        try (HdfsCluster cluster = HdfsCluster.start(directory);
                Plakar plakar = Plakar.below(directory).with("KLOSET_STATS", "json")) {
            makeTree(cluster);
            plakar.install(Programs.root().resolve("integrations/hadoop/target/image"));
            Repository repository = plakar.at(directory.resolve("repository").toString()).create();
            for (int made = 1; made <= 3; made++) {
                long opened = cluster.calls("get_block_locations");

                Snapshot snapshot = repository.backup("-o", cluster.confDir(), "-o",
                        "consistency=require-snapshot", "hdfs://" + TREE);

                assertThat(number(RECORDS, counted(snapshot.backup()))).isGreaterThan(FILES);
                assertThat(cluster.calls(SNAPSHOT)).isEqualTo(made);
                assertThat(cluster.calls("delete_snapshot")).isEqualTo(made);
                assertThat(cluster.files().listStatus(hdfs(TREE + "/.snapshot"))).isEmpty();
                assertThat(cluster.calls("get_block_locations") - opened).isEqualTo(made == 1 ? FILES : 0);
            }
        }
    }
}
