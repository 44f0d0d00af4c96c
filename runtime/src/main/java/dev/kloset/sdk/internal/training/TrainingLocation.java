package dev.kloset.sdk.internal.training;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.sdk.internal.service.ConnectorRegistry;

/**
 * A place to try a connector: an argument of {@code train}, such as {@code importer=files:///tmp/x}.
 *
 * @param location may contain {@value #DIRECTORY}
 */
public record TrainingLocation(Kind kind, String location) {

    /** Stands for a fresh directory of the training. It contains a few files below {@code source} and nothing else. */
    static final String DIRECTORY = "{dir}";

    /**
     * {@return the location that the argument names}
     *
     * @throws IllegalArgumentException with a sentence, if it names none or a connector that does not exist
     */
    public static TrainingLocation parse(String text, ConnectorRegistry registry) {
        for (Kind kind : Kind.values()) {
            String start = kind.manifestType() + "=";
            if (text.startsWith(start)) {
                return new TrainingLocation(kind, text.substring(start.length())).checked(registry);
            }
        }
        throw new IllegalArgumentException("cannot train with \"" + text
                + "\": it must be importer=, exporter= or storage= and then a location such as files:///tmp/x");
    }

    private TrainingLocation checked(ConnectorRegistry registry) {
        for (ConnectorRegistry.Entry connector : registry.connectors()) {
            if (isFor(connector)) {
                return this;
            }
        }
        throw new IllegalArgumentException(
                "cannot train with " + location + ": the plugin has no " + kind.manifestType()
                        + " for " + protocol() + "://");
    }

    boolean isFor(ConnectorRegistry.Entry connector) {
        return connector.kind() == kind && connector.serves(protocol());
    }

    String protocol() {
        return Location.parse(location).proto();
    }

    TrainingLocation below(String directory) {
        return new TrainingLocation(kind, location.replace(DIRECTORY, directory));
    }
}
