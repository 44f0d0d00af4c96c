package dev.kloset.interop;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Options;
import dev.kloset.StoreContext;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Plugins started by our own host: upstream's file system connector, made with the Go SDK, and our files integration. */
enum Plugins {
    GO("fs") {
        @Override
        PluginCommand.Builder command(String kind) {
            return PluginCommand.builder(Programs.built("gofs-" + kind));
        }
    },
    JAVA("files") {
        @Override
        PluginCommand.Builder command(String kind) {
            return PluginCommand.builder(Programs.filesImage().resolve("kloset-files")).args(List.of(kind));
        }
    };

    private final String protocol;

    Plugins(String protocol) {
        this.protocol = protocol;
    }

    abstract PluginCommand.Builder command(String kind);

    /** {@return a running importer, exporter or storage plugin} */
    PluginProcess start(String kind) throws IOException, InterruptedException {
        return PluginProcess
                .start(command(kind).environment(Map.of("JAVA_HOME", Programs.javaHome().toString())).build());
    }

    ConnectorContext at(Path path) {
        Options options = Options.builder()
                .hostname("here")
                .operatingSystem("linux")
                .architecture("amd64")
                .cwd("/")
                .maxConcurrency(2)
                .build();
        return ConnectorContext.of(protocol, config(path), options);
    }

    StoreContext storeAt(Path path) {
        return StoreContext.of(protocol, config(path));
    }

    private ConnectorConfig config(Path path) {
        return ConnectorConfig.of(Map.of("location", protocol + "://" + path));
    }
}
