package dev.kloset.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorConfig;
import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand objects at once, in a process with the heap options of the packaged plugin. */
class CrowdedStoreTest {

    private static final int OBJECTS = 1_000;
    private static final int BYTES = 150_000;

    @TempDir
    private Path directory;

    private static PluginCommand command() {
        return PluginCommand.builder(Path.of(System.getProperty("java.home"), "bin", "java"))
                .args(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms16m", "-XX:NewSize=8m",
                        "-XX:SurvivorRatio=4", "-XX:TargetSurvivorRatio=90", "-Xmx128m", "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+DisplayVMOutputToStderr", "--enable-native-access=ALL-UNNAMED", "-cp",
                        System.getProperty("java.class.path"), FilesPlugin.class.getName(), "storage"))
                .build();
    }

    private static ObjectMac mac(int number) {
        return ObjectMac.of(ByteBuffer.allocate(ObjectMac.BYTES).putInt(number).array());
    }

    private static byte[] object(int number) {
        byte[] bytes = new byte[BYTES];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    /** An operation on object number {@code number}. */
    private interface Use<R> {
        R of(int number) throws Exception;
    }

    private static <R> List<R> atOnce(Use<R> use) throws Exception {
        List<Future<R>> futures = new ArrayList<>();
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < OBJECTS; i++) {
                int number = i;
                Callable<R> task = () -> use.of(number);
                futures.add(users.submit(task));
            }
        }
        List<R> results = new ArrayList<>();
        for (Future<R> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    @Test
    void aThousandObjectsAreStoredAndReadAtOnce() throws Exception {
        ConnectorConfig config = ConnectorConfig.of(Map.of("location", "files://" + directory.resolve("repository")));
        try (PluginProcess plugin = PluginProcess.start(command());
                Store store = plugin.store(StoreContext.of("files", config))) {
            store.create(new byte[]{ 1 });
            assertThat(atOnce(i -> store.put(StorageResource.PACKFILE, mac(i), new ByteArrayInputStream(object(i)))))
                    .containsOnly((long) BYTES);
            assertThat(store.list(StorageResource.PACKFILE)).hasSize(OBJECTS);
            CountDownLatch open = new CountDownLatch(OBJECTS);
            List<byte[]> read = atOnce(i -> {
                try (InputStream object = store.get(StorageResource.PACKFILE, mac(i), null)) {
                    open.countDown();
                    open.await();
                    return object.readAllBytes();
                }
            });
            for (int i = 0; i < OBJECTS; i++) {
                assertThat(read.get(i)).isEqualTo(object(i));
            }
        }
    }
}
