package dev.kloset.cli.shell;

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
 * One side of a command, ready to start.
 *
 * @param uri the location as the user wrote it, for messages
 * @param config the settings, including the location in the form that connectors get
 * @param unheard the same as {@code command}, but drops what the plugin says: for a second process that repeats the work of the
 *     first
 * @param localPath the location as a path, if it is on this machine
 */
public record Endpoint(String uri, String proto, ConnectorConfig config, PluginCommand command, PluginCommand unheard,
        @Nullable Path localPath) {

    static final String LOCATION = "location";

    /**
     * {@return this endpoint; if the location is a symbolic link, the endpoint of its target} An importer may list the link
     * itself, but the user means its target.
     */
    public Endpoint followingLink() throws IOException {
        if (localPath == null || !Files.isSymbolicLink(localPath)) {
            return this;
        }
        Path target = localPath.toRealPath();
        Map<String, String> settings = new HashMap<>(config.values());
        settings.put(LOCATION, new Location(proto, target.toString()).toString());
        return new Endpoint(uri, proto, ConnectorConfig.of(settings), command, unheard, target);
    }
}
