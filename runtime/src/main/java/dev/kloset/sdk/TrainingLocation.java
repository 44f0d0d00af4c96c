package dev.kloset.sdk;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;

/**
 * Where a connector may be tried out: an argument of {@code train}, such as {@code importer=files:///tmp/x}.
 *
 * @param location may contain {@value #DIRECTORY}
 */
record TrainingLocation(Kind kind, String location) {

    /** Stands for a fresh directory of the training. It contains a few files below {@code source}, nothing else. */
    static final String DIRECTORY = "{dir}";

    /**
     * {@return what the argument says}
     *
     * @throws IllegalArgumentException with a sentence, if it says nothing or names a connector that is not there
     */
    static TrainingLocation parse(String text, Offering offering) {
        for (Kind kind : Kind.values()) {
            String start = kind.manifestType() + "=";
            if (text.startsWith(start)) {
                return new TrainingLocation(kind, text.substring(start.length())).checked(offering);
            }
        }
        throw new IllegalArgumentException("cannot train with \"" + text
                + "\": it must be importer=, exporter= or storage= and then a location such as files:///tmp/x");
    }

    private TrainingLocation checked(Offering offering) {
        for (Offering.Offered connector : offering.connectors()) {
            if (isFor(connector)) {
                return this;
            }
        }
        throw new IllegalArgumentException(
                "cannot train with " + location + ": the plugin has no " + kind.manifestType()
                        + " for " + protocol() + "://");
    }

    boolean isFor(Offering.Offered connector) {
        return connector.kind() == kind && connector.serves(protocol());
    }

    String protocol() {
        return Location.parse(location).proto();
    }

    TrainingLocation below(String directory) {
        return new TrainingLocation(kind, location.replace(DIRECTORY, directory));
    }
}
