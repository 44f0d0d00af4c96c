package dev.kloset.cli.catalog;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directories in which the command looks for plugins. */
public final class PluginDirectories {

    // pkg/manager.go, PLUGIN_API_VERSION: the same for every Plakar v1.1.
    private static final Path PLAKAR_PLUGINS = Path.of("plakar", "plugins", "v1.1.0");

    private PluginDirectories() {}

    /**
     * {@return the plugins that come with this command, then those installed in Plakar}
     *
     * @param home the directory of this command, or null if unknown
     */
    public static Catalog catalog(@Nullable Path home, Map<String, String> environment, Path userHome) {
        Catalog catalog = new Catalog();
        if (home != null) {
            catalog.addAll(home.resolve("integrations"), "target/image", "bundled");
        }
        return catalog.addAll(plakarCache(environment, userHome).resolve(PLAKAR_PLUGINS), "", "plakar");
    }

    private static Path plakarCache(Map<String, String> environment, Path userHome) {
        String cache = environment.get("XDG_CACHE_HOME");
        return cache == null || cache.isEmpty() ? userHome.resolve(".cache") : Path.of(cache);
    }
}
