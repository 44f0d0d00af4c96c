package dev.kloset.cli;

import dev.kloset.ConnectorConfig;
import dev.kloset.Location;
import dev.kloset.host.PluginCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One side of a command, ready to be started.
 *
 * @param uri as the user wrote it, to be shown
 * @param config with the location as connectors get it
 * @param localPath the location as a path, if it is one on this machine
 */
record Endpoint(String uri, String proto, ConnectorConfig config, PluginCommand command, @Nullable Path localPath) {

    static final String LOCATION = "location";

    /**
     * {@return the same endpoint, at the place a symbolic link leads to, if the location is one} An importer may list the link
     * itself; who copies it means what is behind.
     */
    Endpoint followingLink() throws IOException {
        if (localPath == null || !Files.isSymbolicLink(localPath)) {
            return this;
        }
        Path target = localPath.toRealPath();
        Map<String, String> settings = new HashMap<>(config.values());
        settings.put(LOCATION, new Location(proto, target.toString()).toString());
        return new Endpoint(uri, proto, ConnectorConfig.of(settings), command, target);
    }
}
