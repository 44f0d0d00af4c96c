package dev.kloset.packaging;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The directory that a package is made of: launcher, libraries, runtime, start-up cache and the manifest that lists them.
 *
 * @param runtime how to make the runtime, or nothing if the package shall use an installed Java
 * @param options for Java, besides those of the launcher
 * @param training locations for the run that the start-up cache is recorded in
 */
record Image(Project project, Optional<RuntimeImage> runtime, String heap, String options, List<String> training) {

    static final String CACHE = "plugin.aot";

    /** In MiB: what the launcher lets a plugin begin with. */
    private static final int LEAST_HEAP = 16;

    private static final FileTime SOME_TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    Image {
        training = List.copyOf(training);
    }

    static Image of(Arguments arguments, Project project) throws UsageException, PackagingException {
        String kind = arguments.optional("runtime").orElse("bundled");
        if (!kind.equals("bundled") && !kind.equals("none")) {
            throw new UsageException("--runtime is bundled or none, not \"" + kind + "\"");
        }
        RuntimeImage runtime = RuntimeImage.of(arguments, project.jdk());
        String heap = heap(arguments);
        String options = String.join(" ", arguments.all("java-option"));
        if (!options.matches("[A-Za-z0-9 :/=+.,@%_-]*")) {
            throw new UsageException(
                    "--java-option " + options + " has characters that cannot stand in the launcher; use "
                            + "letters, digits and :/=+.,@%_-");
        }
        return new Image(project, kind.equals("none") ? Optional.empty() : Optional.of(runtime), heap, options,
                arguments.all("training"));
    }

    static String heap(Arguments arguments) throws UsageException {
        String heap = arguments.optional("heap").orElse("128m");
        if (!heap.matches("[0-9]{1,7}[mMgG]") || mebibytes(heap) < LEAST_HEAP) {
            throw new UsageException(
                    "--heap is a size of " + LEAST_HEAP + "m or more, such as 128m, not \"" + heap + "\"");
        }
        return heap;
    }

    private static long mebibytes(String heap) {
        long count = Long.parseLong(heap.substring(0, heap.length() - 1));
        return Character.toLowerCase(heap.charAt(heap.length() - 1)) == 'g' ? 1024 * count : count;
    }

    /** Make {@code target} anew. What was there before is gone also if this fails. */
    void make(Path target, PrintStream out) throws PackagingException, IOException, InterruptedException {
        Schemas described = project.manifest();
        Manifest manifest = described.manifest();
        Path work = Directories.fresh(target.resolveSibling(target.getFileName() + ".new"));
        Directories.delete(target);
        addSources(work, described);
        described.write(work);
        List<String> libraries = new Libraries(manifest.name()).add(project.classPath(), work);
        new Launcher(project, heap, options, libraries, training).write(work.resolve(manifest.executable()));
        boolean runsHere = false;
        if (runtime.isPresent()) {
            runsHere = runtime.get().make(work, libraries, out);
        }
        settleTimes(work);
        if (runtime.isPresent() && runsHere) {
            new StartCache(work, manifest.executable()).record(training, out);
        } else if (runtime.isPresent()) {
            out.println("no start-up cache: it can only be recorded where the runtime runs; the package works without");
        }
        writeManifest(work, manifest);
        Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        out.println("image of " + manifest.name() + ": " + target);
    }

    private void addSources(Path work, Schemas described) throws PackagingException, IOException {
        if (project.sources().isEmpty()) {
            return;
        }
        Path sources = project.sources().get();
        for (String file : Directories.files(sources)) {
            if (file.equals(described.manifest().executable()) || file.equals(CACHE)
                    || file.matches("(lib|runtime)/.*") || described.files().containsKey(file)) {
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

    /** The host packs what is listed and nothing else, so it is everything. */
    private static void writeManifest(Path work, Manifest manifest) throws IOException {
        Set<String> others = new HashSet<>(List.of(manifest.executable(), Manifest.FILE_NAME));
        manifest.connectors().forEach(entry -> others.add(entry.validator()));
        List<String> files = Directories.files(work)
                .stream()
                .filter(file -> !others.contains(file))
                .toList();
        Path file = work.resolve(Manifest.FILE_NAME);
        Directories.write(file, manifest.withFiles(files).yaml());
        Files.setLastModifiedTime(file, SOME_TIME);
    }
}
