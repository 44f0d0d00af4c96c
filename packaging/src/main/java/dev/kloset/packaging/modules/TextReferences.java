package dev.kloset.packaging.modules;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Classes of the JDK that jars name in texts, as login modules, which are loaded by name. Most jars that name one never load it, so
 * they cause a warning and no module.
 */
final class TextReferences {

    /** Where the classes are that libraries load by name, and fail without. */
    private static final Pattern WATCHED = Pattern
            .compile("(?:com\\.sun\\.security\\.(?:auth|jgss)|com\\.sun\\.jndi|sun\\.security\\.(?:krb5|jgss))"
                    + "(?:\\.[a-z0-9]+)*\\.[A-Z][A-Za-z0-9$]*");

    private final SystemModules system;
    private final Map<String, String> seen = new TreeMap<>(); // by module: the first jar, and what it names

    TextReferences(SystemModules system) {
        this.system = system;
    }

    static boolean concerns(String text) {
        return WATCHED.matcher(text).matches();
    }

    void add(Path jar, Set<String> texts) {
        for (String text : texts) {
            Optional<String> module = system.of(text);
            module.ifPresent(name -> seen.merge(name, jar.getFileName() + " names " + text,
                    (first, other) -> first.compareTo(other) <= 0 ? first : other));
        }
    }

    /** Warn of the modules that the runtime will not have. */
    void warn(Collection<String> modules, PrintStream err) {
        Set<String> kerberos = new HashSet<>(ModuleSets.expand(ModuleSets.KERBEROS).toList());
        seen.forEach((module, words) -> {
            if (!modules.contains(module)) {
                err.println(words + " in a text, perhaps to load it, but the runtime has no " + module
                        + ": if the plugin needs it, as for a login with Kerberos, use --add-modules "
                        + (kerberos.contains(module) ? ModuleSets.KERBEROS : module)
                        + " (-Dkloset.addModules, <addModules>)");
            }
        });
    }
}
