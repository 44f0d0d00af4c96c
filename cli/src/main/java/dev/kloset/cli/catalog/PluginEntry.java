package dev.kloset.cli.catalog;

import dev.kloset.Plugin.Kind;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connector of an installed plugin.
 *
 * @param plugin the name of the plugin in its manifest
 * @param kind the kind of the connector
 * @param protocols the protocols it serves, which stand before {@code ://}
 * @param executable the absolute path of the executable
 * @param args the arguments for the executable
 * @param localPaths whether its locations are paths on this machine, so that a relative one starts at the user's directory
 * @param where a description of the place, for the user
 * @param directory the directory of its manifest, null for an executable alone
 */
public record PluginEntry(String plugin, Kind kind, List<String> protocols, Path executable, List<String> args,
        boolean localPaths, String where, @Nullable Path directory) {

    public PluginEntry {
        protocols = List.copyOf(protocols);
        args = List.copyOf(args);
    }
}
