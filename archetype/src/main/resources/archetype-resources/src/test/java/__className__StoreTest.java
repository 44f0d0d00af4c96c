package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ObjectMac;
import dev.kloset.Plugin;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.host.PluginProcess;
import dev.kloset.testkit.junit.StoreContract;
import dev.kloset.testkit.subject.Subject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The store keeps every clause of the contract and answers arbitrary calls as a map would: in process, over a hostile pipe and as
 * a process.
 */
class ${className}StoreTest extends StoreContract {

    private static final ObjectMac MAC = ObjectMac.fromHex("12".repeat(32));

    @TempDir
    Path directory;

    @Override
    protected Plugin plugin() {
        return ${className}Plugin.plugin();
    }

    @Override
    protected Map<String, String> config(Path directory) {
        return Map.of("location", "${protocol}://{temp}/repository");
    }

    @Override
    protected Optional<Subject> process() {
        return main(${className}Plugin.class.getName(), "storage");
    }

    @Test
    void whatWasPutCanBeListedReadAndDeleted() throws Exception {
        try (PluginProcess plugin = ${className}Process.start("storage"); Store store = plugin.store(context())) {
            store.create(new byte[]{ 1, 2, 3 });
            assertThat(store.open()).containsExactly(1, 2, 3);
            byte[] object = { 5, 6, 7 };
            assertThat(store.put(StorageResource.STATE, MAC, new ByteArrayInputStream(object))).isEqualTo(3);
            assertThat(store.list(StorageResource.STATE)).containsExactly(MAC);
            assertThat(store.list(StorageResource.LOCK)).isEmpty();
            try (InputStream part = store.get(StorageResource.STATE, MAC, new Range(1, 9))) {
                assertThat(part.readAllBytes()).containsExactly(6, 7);
            }
            store.delete(StorageResource.STATE, MAC);
            assertThat(store.list(StorageResource.STATE)).isEmpty();
        }
    }

    @Test
    void aRepositoryIsNeitherMadeTwiceNorOpenedWhereThereIsNone() throws Exception {
        try (PluginProcess plugin = ${className}Process.start("storage"); Store store = plugin.store(context())) {
            assertThatThrownBy(store::open).hasMessageContaining("there is no repository in " + directory);
            store.create(new byte[]{ 1 });
            assertThatThrownBy(() -> store.create(new byte[]{ 2 })).hasMessageContaining("already");
            assertThat(store.open()).containsExactly(1);
        }
    }

    private StoreContext context() {
        return StoreContext.of("${protocol}",
                ConnectorConfig.of(Map.of("location", "${protocol}://" + directory.resolve("repository"))));
    }
}
