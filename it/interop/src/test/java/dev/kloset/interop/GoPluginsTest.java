package dev.kloset.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreMode;
import dev.kloset.host.PluginProcess;
import dev.kloset.testkit.clause.Concurrently;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Our host with plugins made with the Go SDK, and for comparison with ours: the same trees, the same results. */
class GoPluginsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({ "GO,GO", "GO,JAVA", "JAVA,GO", "JAVA,JAVA" })
    void aTreeGoesThroughOneImporterAndOneExporter(Plugins importing, Plugins exporting) throws Exception {
        Path source = TreeMaker.varied(directory.resolve("source"));
        Path restored = directory.resolve("restored");

        ImportedTree imported = read(importing, source);
        Map<String, String> failed = write(exporting, imported, source, restored);

        assertThat(imported.errors()).isEmpty();
        Tree before = Tree.of(source);
        if (exporting == Plugins.JAVA) {
            assertThat(failed).isEmpty();
            before.assertSame(Tree.of(restored));
        } else {
            // As under Plakar, see BuiltInConnectorTest; but our host also reports it.
            assertThat(failed.keySet()).containsExactlyInAnyOrder("/hard/b/0", "/hard/b/0 again", "/hard/b/1",
                    "/hard/b/1 again", "/hard/b/2", "/hard/b/2 again");
            assertThat(failed.values()).allSatisfy(message -> assertThat(message).contains("link ", "no such file"));
            assertThat(before.within(BuiltInConnectorTest.TIME_TOLERANCE).differences(Tree.of(restored)))
                    .allMatch(difference -> difference.startsWith("missing: /hard/b/"))
                    .hasSize(failed.size());
        }
    }

    @Test
    void bothImportersSendTheSameRecords() throws Exception {
        Path source = TreeMaker.varied(directory.resolve("source"));
        TreeMaker.in(source).extendedAttributes(20);

        ImportedTree go = read(Plugins.GO, source);
        ImportedTree java = read(Plugins.JAVA, source);

        List<String> goPaths = go.files().keySet().stream().filter(path -> path.startsWith(source.toString())).toList();
        List<String> javaPaths = java.files()
                .keySet()
                .stream()
                .filter(path -> path.startsWith(source.toString()))
                .toList();
        assertThat(javaPaths).isEqualTo(goPaths);
        for (String path : goPaths) {
            assertThat(java.files().get(path)).as(path)
                    .usingRecursiveComparison()
                    .ignoringFields("content")
                    .isEqualTo(go.files().get(path));
        }
        assertThat(java.xattrs()).containsOnlyKeys(go.xattrs().keySet());
        go.xattrs().forEach((name, value) -> assertThat(java.xattrs().get(name)).as(name).isEqualTo(value));
    }

    @ParameterizedTest
    @EnumSource
    void aStoreKeepsWhatItIsGiven(Plugins plugins) throws Exception {
        Path place = directory.resolve("store");
        byte[] config = bytes(1000, 1);
        byte[] large = bytes(9_000_000, 2);
        ObjectMac mac = ObjectMac.of(bytes(32, 3));
        try (PluginProcess process = plugins.start("storage"); Store store = process.store(plugins.storeAt(place))) {
            store.create(config);
            assertThat(store.open()).isEqualTo(config);
            assertThat(store.mode()).containsExactlyInAnyOrder(StoreMode.READ, StoreMode.WRITE);
            assertThatThrownBy(() -> store.create(config)).isInstanceOf(IOException.class)
                    .hasMessageContaining(place.toString());

            assertThat(store.put(StorageResource.PACKFILE, mac, new ByteArrayInputStream(large)))
                    .isEqualTo(large.length);

            assertThat(store.list(StorageResource.PACKFILE)).containsExactly(mac);
            assertThat(store.list(StorageResource.STATE)).isEmpty();
            assertThat(get(store, StorageResource.PACKFILE, mac, null)).isEqualTo(large);
            assertThat(get(store, StorageResource.PACKFILE, mac, new Range(5_000_000, 100)))
                    .isEqualTo(java.util.Arrays.copyOfRange(large, 5_000_000, 5_000_100));
            store.delete(StorageResource.PACKFILE, mac);
            assertThat(store.list(StorageResource.PACKFILE)).isEmpty();
            assertThatThrownBy(() -> get(store, StorageResource.PACKFILE, mac, null)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void bothStoresLeaveTheSameDirectory() throws Exception {
        for (Plugins plugins : Plugins.values()) {
            try (PluginProcess process = plugins.start("storage");
                    Store store = process.store(plugins.storeAt(directory.resolve(plugins.name())))) {
                store.create("config".getBytes(UTF_8));
                for (StorageResource resource : List.of(StorageResource.PACKFILE, StorageResource.STATE,
                        StorageResource.LOCK)) {
                    for (int i = 0; i < 20; i++) {
                        store.put(resource, ObjectMac.of(bytes(32, i)), new ByteArrayInputStream(bytes(i * 1000, i)));
                    }
                }
            }
        }
        Tree.of(directory.resolve("GO")).assertSame(Tree.of(directory.resolve("JAVA")), Aspect.MOD_TIME);
    }

    @ParameterizedTest
    @EnumSource
    void manyCallsOfAStoreRunAtOnce(Plugins plugins) throws Exception {
        try (PluginProcess process = plugins.start("storage");
                Store store = process.store(plugins.storeAt(directory.resolve("store")))) {
            store.create("config".getBytes(UTF_8));
            Concurrently.run(IntStream.range(0, 80).mapToObj(i -> () -> {
                ObjectMac mac = ObjectMac.of(bytes(32, i));
                store.put(StorageResource.PACKFILE, mac, new ByteArrayInputStream(bytes(i * 10_000, i)));
                assertThat(get(store, StorageResource.PACKFILE, mac, null)).isEqualTo(bytes(i * 10_000, i));
            }));
            assertThat(store.list(StorageResource.PACKFILE)).hasSize(80);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPluginIsGoneWhenTheHostHasClosedIt(Plugins plugins) throws Exception {
        ProcessHandle handle;
        try (PluginProcess process = plugins.start("importer")) {
            handle = ProcessHandle.of(process.pid()).orElseThrow();
            assertThat(handle.isAlive()).isTrue();
        }
        assertThat(handle.isAlive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aMissingDirectoryIsReportedInOneSentence(Plugins plugins) throws Exception {
        Path absent = directory.resolve("absent");
        try (PluginProcess process = plugins.start("importer")) {
            assertThatThrownBy(() -> process.importer(plugins.at(absent))).isInstanceOf(IOException.class)
                    .hasMessageContaining(absent.toString());
        }
    }

    private static ImportedTree read(Plugins plugins, Path source) throws Exception {
        try (PluginProcess process = plugins.start("importer");
                Importer importer = process.importer(plugins.at(source))) {
            assertThat(importer.root()).isEqualTo(source.toString());
            return ImportedTree.of(importer);
        }
    }

    private static Map<String, String> write(Plugins plugins, ImportedTree tree, Path source, Path target)
            throws Exception {
        Files.createDirectories(target);
        try (PluginProcess process = plugins.start("exporter");
                Exporter exporter = process.exporter(plugins.at(target))) {
            return tree.exportTo(exporter, source.toString());
        }
    }

    private static byte[] get(Store store, StorageResource resource, ObjectMac mac,
            @org.jspecify.annotations.Nullable Range range) throws IOException, InterruptedException {
        try (InputStream in = store.get(resource, mac, range)) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
