package dev.kloset.packaging.modules;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the JDK modules that the jars of a plugin need. Any set of jars has an answer: on a class path it does not matter if a
 * library, as a module, requires other modules that are missing, such as a sibling without a jar.
 */
public final class NeededModules {

    /** Modules that classes reach only by name. Without them, everything would work in tests and fail in the package. */
    static final Set<String> BY_NAME = Set.of("jdk.charsets", "jdk.net", "jdk.unsupported", "jdk.zipfs");

    /** Providers that are needed together with another module: first that module, then the one that provides for it. */
    private static final List<List<String>> PROVIDERS = List.of(
            List.of("java.management", "jdk.management"),
            List.of("java.naming", "jdk.naming.dns"),
            List.of("java.security.jgss", "jdk.security.jgss"),
            List.of("java.security.sasl", "jdk.security.jgss"));

    /** All modules that a library without windows may need: for jars that cannot be read. */
    private static final Set<String> GENEROUS = Set.of("java.se", "jdk.httpserver", "jdk.jfr", "jdk.management",
            "jdk.naming.dns", "jdk.nio.mapmode", "jdk.sctp", "jdk.security.auth", "jdk.security.jgss", "jdk.xml.dom");

    private final SystemModules system;
    private final TextReferences texts;
    private final Set<String> found = new TreeSet<>(Set.of("java.base"));

    private NeededModules(SystemModules system) {
        this.system = system;
        this.texts = new TextReferences(system);
    }

    /**
     * {@return the names, in their order}
     *
     * @param javaHome the JDK that contains the modules
     * @param version the version of its Java, such as 25
     * @param added modules that the runtime gets in any case; they are part of the answer
     * @param err receives a warning if a jar cannot be read, or names a class in a text of which nothing else needs the module
     */
    public static Set<String> of(Path javaHome, int version, List<Path> jars, Collection<String> added,
            PrintStream err) throws IOException {
        NeededModules needed = new NeededModules(SystemModules.of(javaHome));
        needed.add(BY_NAME);
        for (Path jar : jars) {
            needed.add(jar, version, err);
        }
        PROVIDERS.stream()
                .filter(pair -> needed.found.contains(pair.getFirst()))
                .forEach(pair -> needed.add(pair.subList(1, pair.size())));
        needed.found.addAll(added);
        needed.texts.warn(needed.found, err);
        return needed.found;
    }

    private void add(Path jar, int version, PrintStream err) {
        ClassReferences references = new ClassReferences(version);
        try {
            references.addJar(jar);
        } catch (IOException | IllegalArgumentException e) {
            add(GENEROUS);
            err.println("cannot find the modules that " + jar.getFileName() + " needs, because " + e.getMessage()
                    + "; the runtime gets every module that a library may want; name fewer with --modules "
                    + "(-Dkloset.modules, <modules>)");
        }
        references.types().forEach(type -> system.of(type).ifPresent(found::add));
        add(references.modules());
        texts.add(jar, references.texts());
    }

    private void add(Collection<String> modules) {
        modules.stream().filter(system.names()::contains).forEach(found::add);
    }
}
