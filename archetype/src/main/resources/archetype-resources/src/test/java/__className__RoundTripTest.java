package ${package};

import dev.kloset.Plugin;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.junit.RoundTripContract;
import dev.kloset.testkit.subject.Subject;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Arbitrary trees of files, restored by the exporter: the importer finds them as they were. */
class ${className}RoundTripTest extends RoundTripContract {

    @Override
    protected Plugin plugin() {
        return ${className}Plugin.plugin();
    }

    @Override
    protected Map<String, String> destination() {
        return Map.of("location", "${protocol}://{temp}/restored");
    }

    /**
     * {@return what comes back besides paths and bytes} Owners, setuid and its like, hard links and extended attributes do not.
     * Symbolic links do, except that java.nio shortens a target such as {@code a/}.
     */
    @Override
    protected Set<PreservedAttribute> kept() {
        return EnumSet.of(PreservedAttribute.DIRECTORIES, PreservedAttribute.TIMES, PreservedAttribute.ODD_NAMES);
    }

    @Override
    protected Optional<Subject> process(Plugin.Kind kind) {
        return main(${className}Plugin.class.getName(), kind.name().toLowerCase(Locale.ROOT));
    }
}
