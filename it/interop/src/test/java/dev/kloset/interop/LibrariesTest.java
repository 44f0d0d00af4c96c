package dev.kloset.interop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Popular libraries, packed by the build of a new project and called in the Java of the package. It downloads them and takes a
 * minute for each, so it runs on demand: {@code it/interop/run -Dtest=LibrariesTest -Dinterop.libraries=all}, or the names of
 * some with commas. It prints the rows of docs/packaging.md.
 */
@ResourceLock(NewProject.LOCAL_REPOSITORY)
@EnabledIfSystemProperty(named = "interop.libraries", matches = ".+")
class LibrariesTest {

    @TempDir
    private static Path directory;

    static Stream<Library> libraries() throws IOException {
        List<String> wanted = Arrays.asList(System.getProperty("interop.libraries", "").split(",", -1));
        return Library.all()
                .stream()
                .filter(library -> wanted.contains("all") || wanted.contains(library.name()));
    }

    /** Build all projects with one Maven, which starts only once and continues after a library that fails. */
    @BeforeAll
    static void build() throws Exception {
        List<Library> libraries = libraries().toList();
        assertThat(libraries).isNotEmpty();
        LibraryProjects projects = new LibraryProjects(directory.resolve("projects"));
        projects.write(libraries);
        try (Plakar plakar = Plakar.below(directory).patient(Duration.ofHours(2))) {
            Outcome outcome = plakar.shell(projects.directory(), "mvn -B -T1 -fae -Dmaven.test.skip package");
            Files.writeString(Programs.mavenRepository().resolveSibling("libraries.log"), outcome.text());
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    @SuppressWarnings("SystemOut") // the table is the purpose of the run
    void aCallOfTheLibraryWorksInThePackage(Library library) throws Exception {
        LibraryProjects projects = new LibraryProjects(directory.resolve("projects"));
        Path image = projects.image(library);
        assertThat(image).as("built; see .work/libraries.log").isDirectory();
        try (Plakar plakar = Plakar.below(directory.resolve(library.name()))) {
            long size = Files.size(plakar.pack(image));
            try (PluginProcess plugin = PluginProcess.start(projects.launcher(library));
                    Importer importer = plugin.importer(projects.context())) {
                ImportedTree tree = ImportedTree.of(importer);
                assertThat(said(tree)).isEqualTo(library.says());
                System.out.println(row(library, size));
            }
        }
    }

    private static String said(ImportedTree tree) throws IOException {
        FileRecord file = requireNonNull(tree.files().get("/said"));
        try (InputStream in = file.content().orElseThrow().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String row(Library library, long size) {
        return String.format(Locale.ROOT, "| %s | %s | %.1f | %s |", library.name(),
                String.join(", ", library.artifacts()), size / 1e6, library.says());
    }
}
