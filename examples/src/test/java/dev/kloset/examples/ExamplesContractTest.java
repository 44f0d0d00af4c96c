package dev.kloset.examples;

import dev.kloset.Plugin;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.PreservedAttribute;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;

/** The examples keep every clause of the plugin contract that concerns them. */
class ExamplesContractTest {

    /** Raise the limits. They are for plugins that hang; a plugin that waits for its turn on a busy machine must not come near them. */
    private static void patient(CheckSettings.Builder settings) {
        settings.limit(Duration.ofMinutes(12)).hungAfter(Duration.ofMinutes(3));
    }

    @Nested
    class OfTheImporter extends ImporterContract {
        @Override
        protected Plugin plugin() {
            return Plugin.builder("example").importer("zip", ZipImporter::new).build();
        }

        @Override
        protected Map<String, String> config(Path directory) throws IOException {
            return Map.of("location", "zip://" + zip(directory.resolve("source.zip")));
        }

        @Override
        protected Optional<Subject> process() {
            return main(ExamplePlugin.class.getName(), "importer");
        }

        @Override
        protected void configure(CheckSettings.Builder settings) {
            patient(settings);
        }
    }

    private static Path zip(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int size : new int[]{ 0, 1, 300, 2_000_000 }) {
                zip.putNextEntry(new ZipEntry("dir/file-" + size));
                zip.write(new byte[size]);
            }
        }
        return file;
    }

    @Nested
    class OfTheExporter extends ExporterContract {

        @Override
        protected Plugin plugin() {
            return Plugin.builder("example").exporter("zip", ZipExporter::new).build();
        }

        @Override
        protected Map<String, String> config(Path directory) {
            return Map.of("location", "zip://{temp}/restored.zip");
        }

        @Override
        protected Set<PreservedAttribute> kept() {
            return EnumSet.of(PreservedAttribute.ODD_NAMES);
        }

        /** It is as small as an exporter can be; that of the guide does better. */
        @Override
        protected Map<Clause, String> waivers() {
            String straight = "the smallest exporter writes straight into the archive";
            return Map.of(Clause.E05, straight, Clause.E15, straight, Clause.E06,
                    "the smallest exporter takes every name");
        }

        @Override
        protected Optional<Subject> process() {
            return main(ExamplePlugin.class.getName(), "exporter");
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
            return Plugin.builder("example").storage("dir", DirectoryStore::new).build();
        }

        @Override
        protected Map<String, String> config(Path directory) {
            return Map.of("location", "dir://{temp}/repository");
        }

        @Override
        protected Optional<Subject> process() {
            return main(ExamplePlugin.class.getName(), "storage");
        }

        @Override
        protected void configure(CheckSettings.Builder settings) {
            patient(settings);
        }
    }

    /** A file in the ZIP has only a name and bytes. */
    @Nested
    class OfImporterAndExporter extends RoundTripContract {

        @Override
        protected Plugin plugin() {
            return Plugin.builder("example")
                    .importer("zip", ZipImporter::new)
                    .exporter("zip", ZipExporter::new)
                    .build();
        }

        @Override
        protected Map<String, String> destination() {
            return Map.of("location", "zip://{temp}/restored.zip");
        }

        @Override
        protected Set<PreservedAttribute> kept() {
            return Set.of(PreservedAttribute.ODD_NAMES);
        }

        @Override
        protected void configure(CheckSettings.Builder settings) {
            patient(settings);
        }
    }
}
