package dev.kloset.interop;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.Checker;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.fixtures.SampleTree;
import dev.kloset.testkit.subject.ProcessSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The plugins in the conformance table. */
enum Checked {
    FILES_IMPORTER("files importer", Kind.IMPORTER, "files://SOURCE"),
    FILES_EXPORTER("files exporter", Kind.EXPORTER, "files://{temp}"),
    FILES_STORE("files store", Kind.STORAGE, "files://{temp}/repository"),
    GOFS_IMPORTER("fs importer", Kind.IMPORTER, "fs://SOURCE"),
    GOFS_EXPORTER("fs exporter", Kind.EXPORTER, "fs://{temp}"),
    GOFS_STORE("fs store", Kind.STORAGE, "fs://{temp}/repository"),
    GOTAR_IMPORTER("tar importer", Kind.IMPORTER, "tar://SOURCE.tar"),
    GOSTDIO_IMPORTER("stdio importer", Kind.IMPORTER, "stdin:///name/of/file"),
    GOSTDIO_EXPORTER("stdio exporter", Kind.EXPORTER, "stdout://");

    final String title;
    final Kind kind;
    private final String location;

    Checked(String title, Kind kind, String location) {
        this.title = title;
        this.kind = kind;
        this.location = location;
    }

    boolean isOurs() {
        return name().startsWith("FILES_");
    }

    /** {@return the results of all checks of the plugin} */
    Conformance check(Path directory) throws IOException, InterruptedException {
        Path source = source(directory);
        CheckSettings.Builder settings = CheckSettings
                .builder(kind, Map.of("location", location.replace("SOURCE", source.toString())))
                .hungAfter(Duration.ofSeconds(10));
        Path memory = Path.of("/dev/shm"); // hundreds of directories and syncs are fast in memory
        if (Files.isWritable(memory)) {
            settings.temporaries(memory);
        }
        if (location.endsWith("SOURCE")) {
            settings.mutable(Files.createDirectories(source.resolve("mutable")));
        }
        return Checker.run(subject(), settings.build(), result -> {});
    }

    private ProcessSubject subject() {
        Map<String, String> environment = Map.of("JAVA_HOME", Programs.javaHome().toString());
        return isOurs()
                ? new ProcessSubject(Programs.filesImage().resolve("kloset-files"), List.of(kind.manifestType()),
                        environment)
                : new ProcessSubject(Programs.built(name().toLowerCase(Locale.ROOT)
                        .replace('_', '-')
                        .replace("-store", "-storage")), List.of(), environment);
    }

    private static Path source(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("source");
        if (!Files.exists(source)) {
            SampleTree.in(source);
            Process tar = new ProcessBuilder("tar", "cf", source + ".tar", "-C", source.toString(), "sizes", "times")
                    .inheritIO()
                    .start();
            if (tar.waitFor() != 0) {
                throw new IOException("tar failed with " + tar.exitValue());
            }
        }
        return source;
    }
}
