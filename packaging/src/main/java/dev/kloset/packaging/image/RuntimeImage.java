package dev.kloset.packaging.image;

import dev.kloset.packaging.modules.ModuleSets;
import dev.kloset.packaging.modules.NeededModules;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.ExternalCommand;
import dev.kloset.packaging.tool.Jdk;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.Platform;
import dev.kloset.packaging.tool.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The Java that a package brings along.
 *
 * @param modules the modules to use instead of those that the classes need; empty to find these
 * @param jmods the jmods of another system or processor
 */
record RuntimeImage(Jdk jdk, List<String> modules, List<String> addedModules, Optional<Path> jmods) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    static final String DIRECTORY = "runtime";

    RuntimeImage {
        modules = List.copyOf(modules);
        addedModules = List.copyOf(addedModules);
    }

    static RuntimeImage of(Arguments arguments, Jdk jdk) throws UsageException, PackagingException {
        Optional<Path> other = arguments.optionalPath("jmods");
        return new RuntimeImage(jdk, list(arguments, "modules"), list(arguments, "add-modules"),
                other.isPresent() ? Optional.of(Platform.jmods(other.get())) : Optional.empty());
    }

    private static List<String> list(Arguments arguments, String option) throws UsageException {
        return arguments.optional(option)
                .map(value -> Stream.of(value.split("[,\\s]+", -1))
                        .filter(name -> !name.isEmpty())
                        .flatMap(ModuleSets::expand)
                        .toList())
                .orElse(List.of());
    }

    /**
     * {@return whether the runtime works on this machine}
     *
     * @param err receives warnings
     */
    boolean make(Path image, List<String> libraries, PrintStream out, PrintStream err)
            throws PackagingException, IOException, InterruptedException {
        Collection<String> all = new TreeSet<>(modules.isEmpty()
                ? NeededModules.of(jdk.home(), jdk.version(), libraries.stream().map(image::resolve).toList(),
                        addedModules, err)
                : modules);
        all.addAll(addedModules);
        List<String> command = new ArrayList<>(List.of(jdk.tool("jlink"), "--add-modules", String.join(",", all),
                "--output", image.resolve(DIRECTORY).toString(), "--strip-java-debug-attributes", "--no-header-files",
                "--no-man-pages", "--compress=zip-9"));
        jmods.ifPresent(directory -> command.addAll(List.of("--module-path", directory.toString())));
        new ExternalCommand(command).succeed("make a Java runtime with " + String.join(", ", all), PATIENCE);
        dropLinks(image.resolve(DIRECTORY));
        // With this jar, tools that run on another Java look into this runtime.
        Files.deleteIfExists(image.resolve(DIRECTORY).resolve("lib/jrt-fs.jar"));
        dropSymbols(image.resolve(DIRECTORY));
        out.println("runtime with " + String.join(", ", all));
        return jmods.isEmpty() || Platform.of(jdk, jmods.get()).equals(Platform.here());
    }

    /**
     * Drop the names of the JVM's internal functions. They are a sixth of its library, and only the stack trace of a crashed
     * JVM shows them. If the tool is missing or is for another processor, this only costs 5 MB.
     */
    private static void dropSymbols(Path runtime) throws IOException, InterruptedException {
        List<Path> libraries;
        try (Stream<Path> all = Files.walk(runtime.resolve("lib"))) {
            libraries = all.filter(file -> file.toString().endsWith(".so")).toList();
        }
        for (Path library : libraries) {
            Path stripped = library.resolveSibling(library.getFileName() + ".stripped");
            if (!new ExternalCommand(
                    List.of("strip", "--strip-unneeded", "-o", stripped.toString(), library.toString()))
                    .succeeds(PATIENCE)) {
                Files.deleteIfExists(stripped);
                return;
            }
            Files.move(stripped, library, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Drop links. Licences shared by several modules are links, which packages cannot contain; one copy of each remains. */
    private static void dropLinks(Path runtime) throws IOException {
        try (Stream<Path> all = Files.walk(runtime)) {
            for (Path link : all.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
                Path directory = Objects.requireNonNull(link.getParent());
                try (Stream<Path> rest = Files.list(directory)) {
                    if (rest.findAny().isPresent()) {
                        continue;
                    }
                }
                Files.delete(directory);
            }
        }
    }
}
