package dev.kloset;

import java.util.Objects;

/** The argument of a factory that makes an importer or exporter. Immutable. */
public final class ConnectorContext {

    private final String proto;
    private final ConnectorConfig config;
    private final Options options;

    private ConnectorContext(String proto, ConnectorConfig config, Options options) {
        this.proto = Objects.requireNonNull(proto, "proto");
        this.config = Objects.requireNonNull(config, "config");
        this.options = Objects.requireNonNull(options, "options");
    }

    /** {@return a context, for hosts and tests} */
    public static ConnectorContext of(String proto, ConnectorConfig config, Options options) {
        return new ConnectorContext(proto, config, options);
    }

    /** {@return the protocol that the host asked for: the part before {@code ://}} */
    public String proto() {
        return proto;
    }

    /** {@return the user's settings} */
    public ConnectorConfig config() {
        return config;
    }

    /** {@return what the host says about itself and the command} */
    public Options options() {
        return options;
    }
}
