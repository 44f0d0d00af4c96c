package dev.kloset.files.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Options;
import dev.kloset.StoreContext;
import dev.kloset.files.ChildJvm;
import dev.kloset.files.restore.FilesExporter;
import dev.kloset.files.restore.RestoreScript;
import dev.kloset.files.store.FilesStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts start plugins just to ask what they are; that must not pay for native calls. */
final class NativeCallsTest {

    private static final List<String> LOG_CLASSES = List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load");

    @TempDir
    Path base;

    @Test
    void nativeCodeIsLoadedOnlyWhenThereIsWork() throws Exception {
        List<String> loaded = loaded(OnlyInit.class);
        assertThat(loaded).anyMatch(line -> line.contains("dev.kloset.files.restore.FilesExporter "))
                .anyMatch(line -> line.contains("dev.kloset.files.store.FilesStore "))
                .noneMatch(line -> line.contains("java.lang.foreign.Linker "))
                .noneMatch(line -> line.contains("RestoreNative$Holder"));
    }

    @Test
    void theClassLogShowsWhatIsLoaded() throws Exception {
        assertThat(loaded(InitAndRestore.class)).anyMatch(line -> line.contains("java.lang.foreign.Linker "))
                .anyMatch(line -> line.contains("RestoreNative$Holder"));
    }

    private List<String> loaded(Class<?> main) throws Exception {
        try (ChildJvm child = ChildJvm.start(LOG_CLASSES, main, base.toString())) {
            List<String> lines = child.lines();
            assertThat(child.await()).isZero();
            return lines;
        }
    }

    /** Does what Init does for each kind of connector. */
    static final class OnlyInit {
        public static void main(String[] args) throws Exception {
            ConnectorConfig config = ConnectorConfig.of(Map.of("location", "files://" + args[0]));
            Options options = Options.builder().hostname("machine").cwd("/").build();
            new FilesImporter(ConnectorContext.of("files", config, options)).ping();
            new FilesExporter(ConnectorContext.of("files", config, options)).ping();
            new FilesStore(StoreContext.of("files", config)).ping();
        }
    }

    /** Does what a restore of nothing does. */
    static final class InitAndRestore {
        public static void main(String[] args) throws Exception {
            ConnectorConfig config = ConnectorConfig.of(Map.of("location", "files://" + args[0]));
            Options options = Options.builder().hostname("machine").cwd("/").build();
            RestoreScript nothing = new RestoreScript();
            new FilesExporter(ConnectorContext.of("files", config, options)).exportRecords(nothing, nothing);
        }
    }
}
