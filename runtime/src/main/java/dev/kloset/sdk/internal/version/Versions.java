package dev.kloset.sdk.internal.version;

import dev.kloset.Plugin;
import org.jspecify.annotations.Nullable;

/**
 * Names the plugin and says which versions of it, of the SDK and of Java run. Each is looked up when a method asks for it: a start
 * needs none of them.
 *
 * @param of the plugin; null in a process that has only a factory
 */
public record Versions(@Nullable Plugin of) {

    /** Set by the launcher of a package: its version, as Plakar shows it. */
    private static final String PACKAGE = "kloset.plugin.version";

    private static final String UNKNOWN = "unknown";

    /** {@return the name of the plugin; null if it has none} */
    public @Nullable String name() {
        return of == null ? null : of.name();
    }

    /** {@return the version of the package, or else that of the plugin; null if neither is known} */
    public @Nullable String plugin() {
        String packaged = System.getProperty(PACKAGE, "");
        if (!packaged.isEmpty()) {
            return packaged;
        }
        return of == null ? null : of.version().orElse(null);
    }

    public String sdk() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? UNKNOWN : version;
    }

    public String java() {
        return Runtime.version().toString();
    }

    /** {@return the name and the version of the plugin as far as they are known, such as {@code files v1.2.0}} */
    public String title() {
        String name = name();
        String version = plugin();
        return (name == null ? "plugin" : name) + (version == null ? "" : " " + version);
    }

    /** {@return everything on one line, for a person} */
    public String line() {
        return title() + " (SDK " + sdk() + ", Java " + java() + ")";
    }
}
