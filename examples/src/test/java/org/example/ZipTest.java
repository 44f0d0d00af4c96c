package org.example;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.Plugin;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.junit.ExporterContract;
import dev.kloset.testkit.junit.ImporterContract;
import dev.kloset.testkit.junit.StoreContract;
import dev.kloset.testkit.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ZipTest {

    @Test
    void allMistakesAreOneSentence() {
        ConnectorConfig config = ConnectorConfig
                .of(Map.of("location", "zip:///a.zip", "largest", "huge", "larges", "1"));
        assertThatThrownBy(() -> config.as(ZipConfig.class)).hasMessageStartingWith("2 settings are wrong: ")
                .hasMessageContaining("the setting \"largest\" must be a size")
                .hasMessageContaining("did you mean \"largest\"?");
    }

    @Nested
    class OfTheImporter extends ImporterContract {

        @Override
        protected Plugin plugin() {
            return DemoPlugin.plugin();
        }

        @Override
        protected Map<String, String> config(Path directory) throws IOException {
            Path file = directory.resolve("source.zip");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.putNextEntry(new ZipEntry("sub/"));
                zip.putNextEntry(new ZipEntry("sub/empty"));
                zip.putNextEntry(new ZipEntry("sub/large"));
                zip.write(new byte[3_000_000]);
            }
            return Map.of("location", "zip://" + file);
        }

        @Override
        protected Optional<Subject> process() {
            return main(DemoPlugin.class.getName(), "importer");
        }
    }

    @Nested
    class OfTheExporter extends ExporterContract {

        @Override
        protected Plugin plugin() {
            return DemoPlugin.plugin();
        }

        @Override
        protected Map<String, String> config(Path directory) {
            return Map.of("location", "zip://{temp}/restored.zip");
        }

        @Override
        protected Set<PreservedAttribute> kept() {
            return EnumSet.of(PreservedAttribute.DIRECTORIES, PreservedAttribute.TIMES, PreservedAttribute.ODD_NAMES);
        }
    }

    @Nested
    class OfTheStore extends StoreContract {

        @Override
        protected Plugin plugin() {
            return DemoPlugin.plugin();
        }

        @Override
        protected Map<String, String> config(Path directory) {
            return Map.of("location", "demo://{temp}/repository");
        }
    }
}
