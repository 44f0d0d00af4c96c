package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that this build makes with glibc, on a system without one: with musl, such as Alpine. */
class MuslTest {

    @TempDir
    Path directory;

    private MuslRoot root;

    @BeforeEach
    void makeRoot() throws IOException, InterruptedException {
        root = MuslRoot.make(Files.createDirectory(directory.resolve("root")), Files.createDirectory(shared()),
                Programs.directoryOfBuilt());
    }

    private Path shared() {
        return directory.resolve("shared");
    }

    private Path image(Class<?> main) throws IOException, InterruptedException {
        return PluginImage.withRuntime(shared().resolve("image"), main);
    }

    @Test
    void backupStoreAndRestoreWork() throws Exception {
        Path source = TreeMaker.varied(shared().resolve("source"));
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFilesInside(root, shared())) {
            Repository repository = plakar.at("files://" + shared().resolve("store")).create();
            Snapshot snapshot = repository.backup("files://" + source);
            assertThat(snapshot.count("Errors")).isZero();
            snapshot.check();
            snapshot.restore("files://" + shared().resolve("restored"));
            assertThat(repository.backup("files://" + source).count("Files")).isEqualTo((int) before.regularFiles());
        }
        before.assertSame(Tree.of(shared().resolve("restored")));
    }

    @Test
    void theStartUpCacheIsUsed() throws Exception {
        Path image = Programs.copyOfFilesImage(shared().resolve("image"));
        Path log = shared().resolve("classes.log");
        Outcome outcome = root.run(Map.of("KLOSET_JAVA_OPTS", "-Xlog:class+load:file=" + log),
                image.resolve("kloset-files").toString(), "about", "--json").orFail();
        assertThat(outcome.out()).startsWith("{\"name\":\"files\"");
        assertThat(outcome.err()).isEmpty();
        assertThat(Files.readAllLines(log)).filteredOn(line -> line.contains(" dev.kloset.sdk.Entrypoint "))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    @Test
    void aPluginFindsHostsFilesAndPrograms() throws Exception {
        Path image = image(SystemReport.class);
        Path place = Files.createDirectory(shared().resolve("place"));
        // The system's own libraries are linked with its own C library.
        Map<String, String> environment = Map.of("LC_ALL", "de_DE.UTF-8", "LD_PRELOAD", "/lib/libgcompat.so.0",
                "LD_LIBRARY_PATH", "/lib");
        Files.copy(musl(), root.file("lib/libc.so.6"));
        Outcome outcome = root.run(environment, image + "/launcher", "about", place.toString()).orFail();
        assertThat(outcome.lines()).containsExactly("localhost is 127.0.0.1", "seven is 192.0.2.7", "user is root",
                "child sees 日本語 é", "child ended with 3");
        assertThat(outcome.err()).isEmpty();
    }

    /** {@return the path of the loader for which the launcher looks} */
    private static String interpreter(Path image) throws IOException {
        Matcher line = Pattern.compile("(?m)^interpreter='(/[^']+)'")
                .matcher(Files.readString(image.resolve("kloset-files")));
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    private Path musl() throws IOException {
        try (var loaders = Files.newDirectoryStream(root.file("lib"), "ld-musl-*")) {
            return loaders.iterator().next();
        }
    }

    @Test
    void aLoaderThatOnlyStandsInForGlibcIsLeftAlone() throws Exception {
        Path image = Programs.copyOfFilesImage(shared().resolve("image"));
        Path standIn = root.file(interpreter(image).substring(1));
        Files.createDirectories(standIn.getParent());
        Files.copy(musl(), standIn, StandardCopyOption.COPY_ATTRIBUTES);
        String[] about = { image + "/kloset-files", "about" };
        assertThat(root.run(Map.of(), about).exit()).as("with the stand-in alone").isNotZero();
        for (String sign : List.of("lib/libgcompat.so.0", "etc/NIXOS")) {
            Files.createFile(root.file(sign));
            assertThat(root.run(Map.of(), about).orFail().out()).as(sign)
                    .matches("(?s)files v\\S+, a plugin for Plakar.*");
            Files.delete(root.file(sign));
        }
    }

    @Test
    void withoutAnyGlibcThePluginSaysSo() throws Exception {
        Path image = Programs.copyOfFilesImage(shared().resolve("image"));
        Files.move(image.resolve("runtime/glibc"), image.resolve("elsewhere"));
        Outcome outcome = root.run(Map.of(), image + "/kloset-files", "about");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("dev.kloset.files.FilesPlugin: the Java of this package needs "
                + interpreter(image) + ", which neither this system nor the package has\n");
        Files.createDirectory(image.resolve("runtime/glibc"));
        assertThat(root.run(Map.of(), image + "/kloset-files", "about").err()).isEqualTo(
                "dev.kloset.files.FilesPlugin: the file " + image
                        + "/runtime/glibc/libc.so.6 is missing: install the package again\n");
    }
}
