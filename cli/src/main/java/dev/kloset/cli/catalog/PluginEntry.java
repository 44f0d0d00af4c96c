package dev.kloset.cli.catalog;

import java.nio.file.Path;
import java.util.List;

/**
 * One connector of an installed plugin.
 *
 * @param plugin the name in its manifest
 * @param kind what it is for
 * @param protocols what may stand before {@code ://}
 * @param executable absolute
 * @param args what to call it with
 * @param localPaths whether its locations are paths on this machine, so that a relative one starts at the user's directory
 * @param where the user can look for it, in words
 */
public record PluginEntry(String plugin, ConnectorKind kind, List<String> protocols, Path executable, List<String> args,
        boolean localPaths, String where) {

    public PluginEntry {
        protocols = List.copyOf(protocols);
        args = List.copyOf(args);
    }
}
