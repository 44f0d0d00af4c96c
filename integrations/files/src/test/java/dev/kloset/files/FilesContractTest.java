package dev.kloset.files;

import dev.kloset.Plugin;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.fixtures.SampleTree;
import dev.kloset.testkit.junit.ExporterContract;
import dev.kloset.testkit.junit.ImporterContract;
import dev.kloset.testkit.junit.RoundTripContract;
import dev.kloset.testkit.junit.StoreContract;
import dev.kloset.testkit.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The plugin keeps every clause of the contract: in process, over a hostile pipe, and as a process. */
class FilesContractTest {

    /** Raise the limits. They are for plugins that hang; a plugin that waits for its turn on a busy machine must not come near them. */
    private static void patient(CheckSettings.Builder settings) {
        settings.limit(Duration.ofMinutes(12)).hungAfter(Duration.ofMinutes(3));
    }

    @Nested
    class OfTheImporter extends ImporterContract {

        @Override
        protected Plugin plugin() {
            return FilesPlugin.plugin();
        }

        @Override
        protected Map<String, String> config(Path directory) throws IOException {
            return Map.of("location", "files://" + SampleTree.in(directory.resolve("source")));
        }

        @Override
        protected Optional<Path> mutableDirectory(Path directory) throws IOException {
            return Optional.of(Files.createDirectories(directory.resolve("source/mutable")));
        }

        @Override
        protected Optional<Subject> process() {
            return main(FilesPlugin.class.getName(), "importer");
        }

        @Override
        protected void configure(CheckSettings.Builder settings) {
            patient(settings);
        }
    }

    @Nested
    class OfTheExporter extends ExporterContract {

        @Override
        protected Plugin plugin() {
            return FilesPlugin.plugin();
        }

        @Override
        protected Map<String, String> config(Path directory) {
            return Map.of("location", "files://{temp}");
        }

        @Override
        protected Optional<Subject> process() {
            return main(FilesPlugin.class.getName(), "exporter");
        }

        @Override
        protected void configure(CheckSettings.Builder settings) {
            patient(settings);
        }
    }

    @Nested
    class OfTheStore extends StoreContract {

        @Override
        protected Plugin plugin() {
            return FilesPlugin.plugin();
        }

        @Override
        protected Map<String, String> config(Path directory) {
            return Map.of("location", "files://{temp}/repository");
        }

        /** Works in memory, where hundreds of directories and syncs are fast. */
        @Override
        protected void configure(CheckSettings.Builder settings) {
            patient(settings);
            Path memory = Path.of("/dev/shm");
            if (Files.isWritable(memory)) {
                settings.temporaries(memory);
            }
        }

        @Override
        protected Optional<Subject> process() {
            return main(FilesPlugin.class.getName(), "storage");
        }
    }

    /** The importer finds what the exporter writes. */
    @Nested
    class OfBoth extends RoundTripContract {

        @Override
        protected Plugin plugin() {
            return FilesPlugin.plugin();
        }

        @Override
        protected Map<String, String> destination() {
            return Map.of("location", "files://{temp}/restored");
        }

        @Override
        protected Set<PreservedAttribute> kept() {
            return EnumSet.allOf(PreservedAttribute.class);
        }

        @Override
        protected Optional<Subject> process(Plugin.Kind kind) {
            return main(FilesPlugin.class.getName(), kind.name().toLowerCase(Locale.ROOT));
        }

        @Override
        protected void configure(CheckSettings.Builder settings) {
            patient(settings);
        }
    }
}
