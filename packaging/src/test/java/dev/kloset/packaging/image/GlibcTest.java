package dev.kloset.packaging.image;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.packaging.Commands;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.ExternalCommand;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C library of this system, added to a runtime. */
class GlibcTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Glibc BUNDLED = new Glibc(true, Optional.empty());

    @TempDir
    private Path directory;

    private Path runtime;
    private Path libraries;
    private Path loader;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void makeRuntime() throws IOException {
        runtime = directory.resolve("runtime");
        libraries = Files.createDirectories(directory.resolve("lib"));
        Files.createDirectories(runtime.resolve("bin"));
        Files.copy(JAVA, runtime.resolve("bin/java"));
        loader = Path.of(Glibc.interpreter(runtime));
        assumeTrue(loader.toString().contains("/ld-linux-"), "the Java of this build is not linked with glibc");
    }

    private void add(Glibc glibc) throws Exception {
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            glibc.add(runtime, libraries, out);
        }
    }

    /** Give the runtime a Java that names another loader, with a name of at most the same length. */
    private void linkWith(String other) throws IOException {
        String bytes = new String(Files.readAllBytes(JAVA), StandardCharsets.ISO_8859_1);
        String padded = other + "\0".repeat(loader.toString().length() - other.length());
        Files.write(runtime.resolve("bin/java"),
                bytes.replace(loader.toString(), padded).getBytes(StandardCharsets.ISO_8859_1));
    }

    private void addJar(Path nativeLibrary) throws IOException {
        try (OutputStream file = Files.newOutputStream(libraries.resolve("native.jar"));
                ZipOutputStream jar = new ZipOutputStream(file)) {
            jar.putNextEntry(new ZipEntry("linux/native.so"));
            Files.copy(nativeLibrary, jar);
        }
    }

    @Test
    void theLoaderOfThePackageStartsAProgramWithThePackagesLibraries() throws Exception {
        add(BUNDLED);
        ExternalCommand.Outcome outcome = new ExternalCommand(
                List.of(runtime.resolve("bin").resolve(loader.getFileName()).toString(),
                        "--library-path", runtime.resolve("glibc").toString(), "--list",
                        JAVA.resolveSibling("../lib/server/libjvm.so").toString()))
                .succeed("list", PATIENCE);
        assertThat(outcome.out()).contains("libc.so.6 => " + runtime.resolve("glibc/libc.so.6"),
                "libm.so.6 => " + runtime.resolve("glibc/libm.so.6")).doesNotContain("not found");
        assertThat(runtime.resolve("glibc")).isDirectoryNotContaining("glob:**libz.so.1");
    }

    @Test
    void licenceAndSourceAreNamed() throws Exception {
        add(BUNDLED);
        Path licences = runtime.resolve("legal/glibc");
        assertThat(licences.resolve("LGPL-2.1.txt")).content().contains("GNU LESSER GENERAL PUBLIC LICENSE");
        assertThat(licences.resolve("SOURCES.txt")).content()
                .containsPattern("(?m)^GNU C Library .*version 2\\.\\d+")
                .contains("  bin/" + loader.getFileName(), "  glibc/libc.so.6", SystemPackage.system());
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("for systems without it: GNU C Library");
    }

    @Test
    void thePackageOfThisSystemIsNamedWithItsVersion() throws Exception {
        assumeTrue(Files.exists(Path.of("/var/lib/dpkg/status")), "this is no Debian");
        add(BUNDLED);
        String source = new ExternalCommand(
                List.of("dpkg-query", "-W", "-f", "${source:Package} ${source:Version}", "libc6"))
                .succeed("ask", PATIENCE)
                .out();
        assertThat(runtime.resolve("legal/glibc/SOURCES.txt")).content()
                .contains("package libc6 of ", "licence: libc6-copyright.txt", "the source package " + source)
                .doesNotContain("no package of");
        assertThat(runtime.resolve("legal/glibc/libc6-copyright.txt")).content().contains("GNU C Library");
    }

    @Test
    void thePackageContainsTheLibrariesThatANativeLibraryInAJarNeeds() throws Exception {
        Path standard = loader.toRealPath().resolveSibling("libstdc++.so.6");
        assumeTrue(Files.exists(standard), "libstdc++ is not installed");
        addJar(standard);
        add(BUNDLED);
        assertThat(runtime.resolve("glibc/libgcc_s.so.1")).exists();
        assertThat(runtime.resolve("glibc/libstdc++.so.6")).as("only what it needs").doesNotExist();
    }

    @Test
    void theCLibraryCanBeLeftOut() throws Exception {
        add(new Glibc(false, Optional.empty()));
        assertThat(runtime).isDirectoryNotContaining("glob:**glibc").isDirectoryNotContaining("glob:**legal");
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aMissingLoaderIsNamed() throws Exception {
        linkWith(loader.toString().replace("ld-linux", "ld-never"));
        add(BUNDLED);
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith(
                "the package will run only on systems with glibc: /l").contains("ld-never", "--glibc");
        assertThat(runtime).isDirectoryNotContaining("glob:**glibc");
    }

    @Test
    void aDirectoryWithAnotherLoaderIsRefused() throws Exception {
        Glibc named = new Glibc(true, Optional.of(directory));
        assertThatThrownBy(() -> add(named)).isInstanceOf(PackagingException.class)
                .hasMessage(directory + " has no " + loader.getFileName()
                        + " for the processor of the runtime: name the directory of its glibc with --glibc");
        assertThatThrownBy(() -> Glibc.of(Arguments.parse(Commands.named("image"), "--glibc", "bundeld")))
                .isInstanceOf(UsageException.class)
                .hasMessage("--glibc must be bundled, none or a directory that has libc.so.6, not \"bundeld\"");
    }

    @Test
    void aJavaForMuslStaysUnchanged() throws Exception {
        linkWith("/lib/ld-musl-none.so.1");
        add(BUNDLED);
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("this Java is linked with musl");
        assertThat(runtime).isDirectoryNotContaining("glob:**glibc");
    }

    @Test
    void aBrokenFileNeedsNoLibraries() throws Exception {
        byte[] whole = Files.readAllBytes(JAVA);
        assertThat(ElfFile.of(whole)).get()
                .extracting(ElfFile::needed, as(InstanceOfAssertFactories.LIST))
                .contains("libc.so.6", "libjli.so");
        assertThat(ElfFile.of("#!/bin/sh\n".repeat(10).getBytes(StandardCharsets.US_ASCII))).isEmpty();
        for (int length : new int[]{ 0, 5, 63, 64, 100, 500 }) {
            assertThat(ElfFile.of(Arrays.copyOf(whole, length))).as("%d bytes", length).isEmpty();
        }
    }
}
