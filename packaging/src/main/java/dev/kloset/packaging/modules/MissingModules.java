package dev.kloset.packaging.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the modules that a runtime lacks in what programs say about their failures. */
public final class MissingModules {

    /** A class in the notation of Java or of the JVM. */
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*(?:[./][a-z0-9_]+)*[./][A-Z][A-Za-z0-9_$]*");
    private static final Pattern MODULES = Pattern.compile("MODULES=\"([^\"]*)\"");

    private final SystemModules system;
    private final Set<String> present;

    private MissingModules(SystemModules system, Set<String> present) {
        this.system = system;
        this.present = Set.copyOf(present);
    }

    /**
     * {@return the modules that the JDK has and the runtime has not}
     *
     * @param runtime a Java, with the file that lists its modules
     */
    public static MissingModules of(Path javaHome, Path runtime) throws IOException {
        String release = Files.readString(runtime.resolve("release"));
        List<MatchResult> found = MODULES.matcher(release).results().toList();
        return new MissingModules(SystemModules.of(javaHome),
                found.isEmpty() ? Set.of() : Set.of(found.getFirst().group(1).split(" ", -1)));
    }

    /** {@return what to add for a failure in these words; empty if it names no class of a missing module} */
    public Optional<String> remedy(String failure) {
        for (MatchResult word : TYPE.matcher(failure).results().toList()) {
            String type = word.group().replace('/', '.');
            Optional<String> module = system.of(type).filter(name -> !present.contains(name));
            if (module.isPresent()) {
                return Optional.of(type + " is in the module " + module.get()
                        + ", which the package's Java lacks: add it with --add-modules " + module.get()
                        + " (-Dkloset.addModules, <addModules>)");
            }
        }
        return Optional.empty();
    }
}
