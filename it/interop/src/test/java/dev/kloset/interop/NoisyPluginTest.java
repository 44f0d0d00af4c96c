package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoisyPluginTest {

    @TempDir
    Path directory;

    @Test
    void printingToStandardOutputChildrenThatPrintAndThreadDumpsDoNotDisturbABackup() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            plakar.install(PluginImage.importer(directory.resolve("image"), NoisyPlugin.PROTOCOL, NoisyPlugin.class));
            Snapshot snapshot = plakar.at("fs://" + directory.resolve("repository")).create().backup("noisy://here");

            assertThat(snapshot.count("Files")).isEqualTo(NoisyPlugin.FILES);
            assertThat(snapshot.count("Errors")).isZero();
            for (int file : new int[]{ 0, 1, 50, NoisyPlugin.FILES - 1 }) {
                assertThat(snapshot.content(Path.of("/file " + file))).isEqualTo(NoisyPlugin.content(file));
            }
            assertThat(snapshot.backup().err()).as("where the noise goes")
                    .contains("System.out: between two records, 299", "descriptor 1: in the middle of open 7", "child")
                    .contains("Full thread dump");
            assertThat(snapshot.backup().out()).doesNotContain("System.out:", "child", "Full thread dump");
        }
    }
}
