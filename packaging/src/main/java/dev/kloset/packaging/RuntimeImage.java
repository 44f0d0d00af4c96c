package dev.kloset.packaging;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The Java that a package brings along.
 *
 * @param modules instead of those that the classes need; empty if these are to be found
 * @param jmods of another system or processor
 */
record RuntimeImage(Jdk jdk, List<String> modules, List<String> addedModules, Optional<Path> jmods) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String DIRECTORY = "runtime";

    /** Classes of the SDK that are loaded only where their module is: whoever wants flight recordings adds {@code jdk.jfr}. */
    private static final String ALL_BUT_OPTIONAL = "(?!dev\\.kloset\\.sdk\\.Flight).*";

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
                .map(value -> Stream.of(value.split("[,\\s]+", -1)).filter(name -> !name.isEmpty()).toList())
                .orElse(List.of());
    }

    /** {@return whether it runs on this machine} */
    boolean make(Path image, List<String> libraries, PrintStream out)
            throws PackagingException, IOException, InterruptedException {
        Collection<String> all = new TreeSet<>(modules.isEmpty() ? needed(image, libraries) : modules);
        all.addAll(addedModules);
        List<String> command = new ArrayList<>(List.of(jdk.tool("jlink"), "--add-modules", String.join(",", all),
                "--output", image.resolve(DIRECTORY).toString(), "--strip-java-debug-attributes", "--no-header-files",
                "--no-man-pages", "--compress=zip-9"));
        jmods.ifPresent(directory -> command.addAll(List.of("--module-path", directory.toString())));
        new Program(command).succeed("make a Java runtime with " + String.join(", ", all), PATIENCE);
        dropLinks(image.resolve(DIRECTORY));
        dropSymbols(image.resolve(DIRECTORY));
        out.println("runtime with " + String.join(", ", all));
        return jmods.isEmpty() || Platform.of(jdk, jmods.get()).equals(Platform.here());
    }

    /** {@return the modules that classes of {@code libraries} need} */
    List<String> needed(Path image, List<String> libraries)
            throws PackagingException, IOException, InterruptedException {
        List<String> jars = libraries.stream().map(name -> image.resolve(name).toString()).toList();
        List<String> command = new ArrayList<>(List.of(jdk.tool("jdeps"), "-q", "--multi-release", "25",
                "--ignore-missing-deps", "--print-module-deps", "-include", ALL_BUT_OPTIONAL, "--class-path",
                About.join(jars.stream().map(Path::of).toList())));
        command.addAll(jars);
        String out = new Program(command).succeed("find the modules that the plugin needs", PATIENCE).out().strip();
        return Arrays.asList(out.split(",", -1));
    }

    /**
     * The names of the JVM's inner functions are a sixth of its library, and only the stack of a crashed JVM shows them. What
     * the tool cannot do, because it is missing or made for another processor, costs 5 MB and nothing else.
     */
    private static void dropSymbols(Path runtime) throws IOException, InterruptedException {
        List<Path> libraries;
        try (Stream<Path> all = Files.walk(runtime.resolve("lib"))) {
            libraries = all.filter(file -> file.toString().endsWith(".so")).toList();
        }
        for (Path library : libraries) {
            Path stripped = library.resolveSibling(library.getFileName() + ".stripped");
            if (!new Program(List.of("strip", "--strip-unneeded", "-o", stripped.toString(), library.toString()))
                    .succeeds(PATIENCE)) {
                Files.deleteIfExists(stripped);
                return;
            }
            Files.move(stripped, library, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Licences that are the same in several modules are links, which packages cannot hold; one of each stays. */
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
