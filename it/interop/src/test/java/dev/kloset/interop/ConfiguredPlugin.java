package dev.kloset.interop;

import dev.kloset.ConfigException;
import dev.kloset.Configuration;
import dev.kloset.ConnectorContext;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.Secret;
import dev.kloset.Setting;
import dev.kloset.sdk.Entrypoint;
import java.time.Duration;
import java.util.Optional;

/** An importer with settings, to see how Plakar reports mistakes in them. */
public final class ConfiguredPlugin {

    static final String PROTOCOL = "configured";

    private ConfiguredPlugin() {}

    @Configuration
    record Settings(String account, Optional<Secret> accessPassword, @Setting(defaultValue = "30s") Duration timeout,
            @Setting(defaultValue = "4", min = "1", max = "64") int connections) {}

    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder(PROTOCOL).importer(PROTOCOL, Settings.class, Configured::new).build());
    }

    private record Configured(String origin, String type, String root) implements Importer {

        Configured(ConnectorContext context, Settings settings) throws ConfigException {
            this(settings.account(), context.proto(), "/");
            settings.accessPassword().ifPresent(password -> {
                throw new IllegalStateException("there is no user called " + password.reveal());
            });
        }

        @Override
        public void importRecords(RecordSink records) {
            // An empty source.
        }
    }
}
