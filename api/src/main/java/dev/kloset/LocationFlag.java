package dev.kloset;

import java.util.Locale;

/** How the host treats a connector's location. */
public enum LocationFlag {
    /** Locations are local paths: a relative one is resolved against the user's directory. Only the manifest's flag counts. */
    LOCALFS,
    /** The location is a single file. */
    FILE,
    /**
     * The source can be read only once: no second process counts it, and there is no progress bar. Only {@link Connector#flags}
     * counts.
     */
    STREAM,
    /** The importer wants to know when the host has finished a record. Hosts set it for every plugin. */
    NEEDACK,
    /** Several sources of this type must not share one snapshot. */
    NOMERGE,
    /**
     * The exporter wants records for extended attributes. No released Plakar sends them, and its manifest parser refuses the
     * word.
     */
    EXPORTXATTR;

    /** {@return the word for this flag in a manifest's {@code location_flags}} */
    public String manifestWord() {
        return name().toLowerCase(Locale.ROOT);
    }
}
