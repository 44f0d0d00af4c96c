package dev.kloset.packaging.image;

import dev.kloset.packaging.manifest.Manifest;
import dev.kloset.packaging.manifest.Project;
import dev.kloset.packaging.manifest.ResolvedManifest;
import dev.kloset.packaging.modules.MissingModules;
import dev.kloset.packaging.sbom.Component;
import dev.kloset.packaging.sbom.Components;
import dev.kloset.packaging.sbom.DeclaredLibraries;
import dev.kloset.packaging.sbom.Sbom;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.Directories;
import dev.kloset.packaging.tool.PackageVersion;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The directory that a package is made of: launcher, libraries, runtime, start-up cache and the manifest that lists them.
 *
 * @param version the version of the package; empty if that of the plugin counts
 * @param declared what the build tool knows of the libraries
 * @param runtime how to make the runtime; empty if the package is to use an installed Java
 * @param glibc the C library that the runtime needs on systems with another one
 * @param options options for Java, besides those of the launcher
 * @param training locations for the run that records the start-up cache
 */
public record Image(Project project, Optional<String> version, DeclaredLibraries declared,
        Optional<RuntimeImage> runtime, Glibc glibc, String heap, String options, List<String> training) {

    static final String CACHE = "plugin.aot";

    /** In MiB: the heap with which the launcher starts a plugin. */
    private static final int LEAST_HEAP = 16;

    private static final FileTime SOME_TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    public Image {
        training = List.copyOf(training);
    }

    public static Image of(Arguments arguments, Project project) throws UsageException, PackagingException {
        String kind = arguments.optional("runtime").orElse("bundled");
        if (!kind.equals("bundled") && !kind.equals("none")) {
            throw new UsageException("--runtime must be bundled or none, not \"" + kind + "\"");
        }
        RuntimeImage runtime = RuntimeImage.of(arguments, project.jdk());
        Glibc glibc = Glibc.of(arguments);
        String heap = heap(arguments);
        String options = String.join(" ", arguments.all("java-option"));
        if (!options.matches("[A-Za-z0-9 :/=+.,@%_-]*")) {
            throw new UsageException(
                    "--java-option " + options + " has characters that cannot appear in the launcher; use "
                            + "letters, digits and :/=+.,@%_-");
        }
        Optional<String> version = arguments.optional("version");
        return new Image(project, version.isPresent() ? Optional.of(PackageVersion.of(version.get())) : version,
                DeclaredLibraries.of(arguments), kind.equals("none") ? Optional.empty() : Optional.of(runtime), glibc,
                heap,
                options, arguments.all("training"));
    }

    public static String heap(Arguments arguments) throws UsageException {
        String heap = arguments.optional("heap").orElse("128m");
        if (!heap.matches("[0-9]{1,7}[mMgG]") || mebibytes(heap) < LEAST_HEAP) {
            throw new UsageException(
                    "--heap must be a size of " + LEAST_HEAP + "m or more, such as 128m, not \"" + heap + "\"");
        }
        return heap;
    }

    private static long mebibytes(String heap) {
        long count = Long.parseLong(heap.substring(0, heap.length() - 1));
        return Character.toLowerCase(heap.charAt(heap.length() - 1)) == 'g' ? 1024 * count : count;
    }

    /**
     * Make {@code target} from scratch. Its previous content is lost even if this fails.
     *
     * @param err receives warnings
     */
    public void make(Path target, PrintStream out, PrintStream err)
            throws PackagingException, IOException, InterruptedException {
        ResolvedManifest described = project.manifest(err);
        Manifest manifest = described.manifest();
        Path work = Directories.fresh(target.resolveSibling(target.getFileName() + ".new"));
        Directories.delete(target);
        addSources(work, described);
        described.write(work);
        String itsVersion = version.or(() -> PackageVersion.find(described.about().version())).orElse("");
        List<String> libraries = new Libraries(manifest.name()).add(project.classPath(), work);
        List<Component> parts = parts(work, libraries);
        new Slf4jBinding(libraries.stream().map(work::resolve).toList()).check(err);
        boolean runsHere = false;
        String interpreter = "";
        if (runtime.isPresent()) {
            runsHere = runtime.get().make(work, libraries, out, err);
            interpreter = Glibc.interpreter(work.resolve(RuntimeImage.DIRECTORY));
            parts.add(Components.java(work, RuntimeImage.DIRECTORY));
            glibc.add(work.resolve(RuntimeImage.DIRECTORY), work.resolve("lib"), out).ifPresent(parts::add);
        }
        new Launcher(project, itsVersion, mebibytes(heap), options, libraries, training, interpreter)
                .write(work.resolve(manifest.executable()));
        new Sbom(Components.plugin(manifest.name(), itsVersion, manifest.license()), parts).write(work);
        settleTimes(work);
        if (runtime.isPresent() && runsHere) {
            String trained = new AotCache(work, manifest.executable()).record(training, out);
            MissingModules missing = MissingModules.of(project.jdk().home(), work.resolve(RuntimeImage.DIRECTORY));
            new LoadCheck(work, manifest.executable(), missing).run(trained, err);
        } else if (runtime.isPresent()) {
            out.println(
                    "no start-up cache: it can only be recorded where the runtime runs; the package works without one");
        }
        writeManifest(work, manifest, title(described, itsVersion));
        Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        out.println("image of " + manifest.name() + ": " + target);
    }

    private List<Component> parts(Path work, List<String> libraries) throws IOException {
        List<Component> parts = new ArrayList<>();
        for (int i = 0; i < libraries.size(); i++) {
            parts.add(Components.library(project.classPath().get(i), work, libraries.get(i), declared));
        }
        return parts;
    }

    /** A comment: the keys of a manifest are those that hosts know, and versions are none. */
    private String title(ResolvedManifest described, String itsVersion) throws IOException {
        return "# " + described.manifest().name() + (itsVersion.isEmpty() ? "" : " " + itsVersion)
                + ", made with the Kloset SDK for Java " + described.about().sdk() + " and Java "
                + project.jdk().fullVersion() + "\n";
    }

    private void addSources(Path work, ResolvedManifest described) throws PackagingException, IOException {
        if (project.sources().isEmpty()) {
            return;
        }
        Path sources = project.sources().get();
        for (String file : Directories.files(sources)) {
            if (file.equals(described.manifest().executable()) || file.equals(CACHE)
                    || file.equals(Sbom.FILE_NAME) || file.matches("(lib|runtime)/.*")
                    || described.files().containsKey(file)) {
                throw new PackagingException(
                        sources.resolve(file) + " would replace a file that is made for the package; "
                                + "give it another name");
            }
            Path copy = work.resolve(file);
            Files.createDirectories(Objects.requireNonNull(copy.getParent()));
            Files.copy(sources.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void settleTimes(Path work) throws IOException {
        for (String file : Directories.files(work)) {
            if (!file.startsWith("lib/")) {
                Files.setLastModifiedTime(work.resolve(file), SOME_TIME);
            }
        }
    }

    /** List every file: the host packs what the manifest lists and nothing else. */
    private static void writeManifest(Path work, Manifest manifest, String title) throws IOException {
        Set<String> others = new HashSet<>(List.of(manifest.executable(), Manifest.FILE_NAME));
        manifest.connectors().forEach(entry -> others.add(entry.validator()));
        List<String> files = Directories.files(work)
                .stream()
                .filter(file -> !others.contains(file))
                .toList();
        Path file = work.resolve(Manifest.FILE_NAME);
        Directories.write(file, title + manifest.withFiles(files).yaml());
        Files.setLastModifiedTime(file, SOME_TIME);
    }
}
