package dev.kloset.hadoop;

import dev.kloset.ConnectorConfig;
import dev.kloset.Location;
import dev.kloset.Plugin;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.hadoop.servers.MiniHdfs;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Stores on a cluster of the tests. */
public final class Stores {

    private Stores() {}

    /** {@return settings for a place on a cluster, and {@code more}, key and value in turn} */
    public static Map<String, String> settings(MiniHdfs cluster, String path, String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("location", cluster.location() + path);
        settings.put("settings", String.join(", ", cluster.settings()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** {@return a store, as a host gets it; the caller closes it} */
    public static Store open(Map<String, String> settings) throws IOException, InterruptedException {
        String proto = Location.parse(Objects.requireNonNull(settings.get("location"))).proto();
        return HadoopPlugin.plugin()
                .registrations(Plugin.Kind.STORAGE)
                .stream()
                .filter(store -> store.proto().equals(proto))
                .findFirst()
                .orElseThrow()
                .storage()
                .orElseThrow()
                .create(StoreContext.of(proto, ConnectorConfig.of(settings)));
    }
}
