package dev.kloset.packaging.image;

import dev.kloset.packaging.sbom.Component;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The C library that Java is linked with. The package brings it for systems that have another one, such as Alpine; where the
 * system has glibc, the launcher ignores the package's copy.
 *
 * @param wanted whether the package brings it
 * @param directory the directory that contains it, if it is not this system's: for a Java for another processor
 */
record Glibc(boolean wanted, Optional<Path> directory) {

    /** Its directory below that of the runtime. */
    private static final String LIBRARIES = "glibc";

    private static final String LICENCES = "legal/glibc";
    private static final Path LOCALE = Path.of("/usr/lib/locale/C.utf8");

    static Glibc of(Arguments arguments) throws UsageException {
        String kind = arguments.optional("glibc").orElse("bundled");
        boolean named = !kind.equals("bundled") && !kind.equals("none");
        if (named && !Files.exists(Path.of(kind).resolve(GlibcFiles.LIBRARY))) {
            throw new UsageException(
                    "--glibc must be bundled, none or a directory that has " + GlibcFiles.LIBRARY + ", not \"" + kind
                            + "\"");
        }
        return new Glibc(!kind.equals("none"), named ? Optional.of(Path.of(kind).toAbsolutePath()) : Optional.empty());
    }

    /** {@return the loader that Java requires from the system; empty if Java needs none, as on macOS} */
    static String interpreter(Path runtime) throws IOException {
        return ElfFile.read(runtime.resolve("bin/java")).map(ElfFile::interpreter).orElse("");
    }

    /**
     * Add the C library to {@code runtime}, for a plugin with the jars of {@code libraries}.
     *
     * @return what was added, if anything was
     */
    Optional<Component> add(Path runtime, Path libraries, PrintStream out)
            throws PackagingException, IOException, InterruptedException {
        Optional<ElfFile> java = ElfFile.read(runtime.resolve("bin/java"));
        if (!wanted || java.isEmpty() || java.get().interpreter().isEmpty()) {
            return Optional.empty();
        }
        Path loader = Path.of(java.get().interpreter());
        if (loader.toString().contains("/ld-musl")) {
            out.println(
                    "this Java is linked with musl, so the package will not run on systems with glibc: with a JDK for glibc "
                            + "it would run on both");
            return Optional.empty();
        }
        Optional<GlibcFiles> files = files(java.get(), loader);
        if (files.isEmpty()) {
            out.println(
                    "the package will run only on systems with glibc: " + loader + " is missing here; --glibc "
                            + "names a directory that has it");
            return Optional.empty();
        }
        return Optional.of(copy(files.get(), runtime, libraries, out));
    }

    private Optional<GlibcFiles> files(ElfFile java, Path loader) throws PackagingException, IOException {
        String name = String.valueOf(loader.getFileName());
        Path file = directory.map(named -> named.resolve(name)).orElse(loader);
        if (Files.exists(file) && Files.exists(file.toRealPath().resolveSibling(GlibcFiles.LIBRARY))
                && ElfFile.read(file).map(ElfFile::machine).orElse(0) == java.machine()) {
            return Optional.of(new GlibcFiles(name, file.toRealPath()));
        }
        if (directory.isPresent()) {
            throw new PackagingException(
                    directory.get() + " has no " + name + " for the processor of the runtime: name the directory of "
                            + "its glibc with --glibc");
        }
        return Optional.empty();
    }

    private static Component copy(GlibcFiles files, Path runtime, Path libraries, PrintStream out)
            throws IOException, InterruptedException {
        List<Copied> copied = new ArrayList<>();
        copied.add(Copied.of(files.loader(), runtime, "bin/" + files.loaderName()));
        for (String name : files.names(runtime, libraries)) {
            copied.add(Copied.of(files.file(name), runtime, LIBRARIES + "/" + name));
        }
        if (Files.isDirectory(LOCALE)) {
            copied.add(Copied.directory(LOCALE, runtime, LIBRARIES + "/locale/C.utf8"));
        } else {
            out.println("file names must be ASCII on systems without glibc: " + LOCALE + " is missing here");
        }
        String version = files.version();
        LibrarySources sources = new LibrarySources(version, copied);
        sources.write(runtime.resolve(LICENCES));
        out.println("for systems without it: " + version);
        return sources.component(RuntimeImage.DIRECTORY + "/" + LIBRARIES);
    }
}
