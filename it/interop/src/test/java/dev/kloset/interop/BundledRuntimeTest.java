package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import dev.kloset.testkit.clause.Concurrently;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package of {@code files} brings its own Java and a start-up cache; both must survive packing and unpacking by Plakar. */
class BundledRuntimeTest {

    private static final String FROM_CACHE = "shared objects file";

    @TempDir
    private Path directory;

    /** The output of one start of the installed plugin. */
    private record Start(String out, String err, List<String> loadedClasses) {}

    /** Start the plugin on a machine without Java and with hardly anything else. */
    private Start start(Path installation) throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "classes", ".log");
        ProcessBuilder builder = new ProcessBuilder(installation.resolve("kloset-files").toString(), "about", "--json");
        builder.environment().clear();
        builder.environment().put("PATH", Files.createTempDirectory(directory, "nothing").toString());
        builder.environment().put("KLOSET_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        Path err = Files.createTempFile(directory, "err", "");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        return new Start(out, Files.readString(err), Files.readAllLines(log));
    }

    @Test
    void theInstalledPluginStartsFromItsCache() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Start start = start(plakar.installation());
            assertThat(start.out()).startsWith("{\"name\":\"files\"");
            assertThat(start.err()).isEmpty();
            for (String name : List.of("dev.kloset.files.FilesPlugin", "dev.kloset.sdk.Entrypoint",
                    "dev.kloset.wire.http2.Http2Connection")) {
                assertThat(start.loadedClasses()).filteredOn(line -> line.contains(" " + name + " "))
                        .singleElement()
                        .asString()
                        .contains(FROM_CACHE);
            }
        }
    }

    @Test
    void thePackageContainsOnlyOurJars() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory);
                Stream<Path> jars = Files.list(plakar.installation().resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", "")))
                    .containsExactlyInAnyOrder("kloset-files", "kloset-resilience", "kloset-sdk", "kloset-wire",
                            "kloset-api");
        }
    }

    /**
     * One class made at run time, such as a comparator or a switch over types, adds some milliseconds to every start. So does a
     * jar that the JVM looks for, class by class, at the place where it was when the cache was made.
     */
    @Test
    void untilTheAnswerToInitAllLoadedClassesComeFromTheCache() throws Exception {
        Path source = Files.createDirectories(directory.resolve("source"));
        Path log = directory.resolve("classes.log");
        try (Plakar plakar = Plakar.withFiles(directory)) {
            PluginCommand command = PluginCommand.builder(plakar.installation().resolve("kloset-files"))
                    .environment(Map.of("KLOSET_JAVA_OPTS", "-Xlog:class+load,class+init:file=" + log))
                    .build();
            List<String> loaded;
            try (PluginProcess plugin = PluginProcess.start(command);
                    Importer importer = plugin.importer(ConnectorContext.of("files",
                            ConnectorConfig.of(Map.of("location", "files://" + source)),
                            Options.builder().build()))) {
                assertThat(importer.type()).isEqualTo("files");
                loaded = Files.readAllLines(log);
            }
            // Virtual threads report to the flight recorder, whose classes the JVM leaves out of every cache.
            assertThat(loaded).hasSizeGreaterThan(1000)
                    .filteredOn(line -> line.contains(" source: ") && !line.contains(FROM_CACHE))
                    .allSatisfy(line -> assertThat(line).contains(" jdk.internal.event."));
            assertThat(loaded)
                    .anySatisfy(
                            line -> assertThat(line).contains("Initializing 'dev/kloset/files/backup/FilesImporter'"))
                    .noneSatisfy(line -> assertThat(line).contains("Initializing 'java/nio/file/NoSuchFileException'"));
        }
    }

    @Test
    void aBrokenOrMissingCacheCostsOnlyTime() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Path installation = plakar.installation();
            Path cache = installation.resolve("plugin.aot");
            String answer = start(installation).out();
            byte[] whole = Files.readAllBytes(cache);
            for (byte[] broken : List.of(new byte[0], "garbage".getBytes(StandardCharsets.UTF_8),
                    Arrays.copyOf(whole, whole.length / 2))) {
                Files.write(cache, broken);
                assertWorksWithoutCache(start(installation), answer);
            }
            Files.delete(cache);
            assertWorksWithoutCache(start(installation), answer);
        }
    }

    private static void assertWorksWithoutCache(Start start, String answer) {
        assertThat(start.out()).isEqualTo(answer);
        assertThat(start.err()).isEmpty();
        assertThat(start.loadedClasses()).filteredOn(line -> line.contains(" dev.kloset."))
                .isNotEmpty()
                .noneSatisfy(line -> assertThat(line).contains(FROM_CACHE));
    }

    @Test
    void aBackupNeedsNoJavaOnTheMachine() throws Exception {
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("a"), "content");
        try (Plakar plakar = Plakar.withFiles(directory)) {
            plakar.with("PATH", Files.createDirectory(directory.resolve("nothing")).toString()).with("JAVA_HOME", "");
            Repository repository = plakar.at(directory.resolve("repository").toString());
            repository.ok("create", "-plaintext");
            repository.ok("backup", "files://" + source);
            assertThat(repository.ok("ls").out()).contains(source.toString());
        }
    }

    @Test
    void tenPluginProcessesAtOnceWork() throws Exception {
        Path source = Files.createDirectories(directory.resolve("source"));
        try (Plakar plakar = Plakar.withFiles(directory)) {
            PluginCommand command = PluginCommand.builder(plakar.installation().resolve("kloset-files"))
                    .args(List.of("importer"))
                    .build();
            Concurrently.run(IntStream.range(0, 10).mapToObj(i -> () -> {
                try (PluginProcess plugin = PluginProcess.start(command);
                        Importer importer = plugin.importer(ConnectorContext.of("files",
                                ConnectorConfig.of(Map.of("location", "files://" + source)),
                                Options.builder().build()))) {
                    importer.ping();
                    assertThat(importer.type()).isEqualTo("files");
                }
            }));
        }
    }
}
