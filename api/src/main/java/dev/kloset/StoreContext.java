package dev.kloset;

import java.util.Objects;

/** The argument of a factory that makes a store. Hosts send no options to stores. Immutable. */
public final class StoreContext {

    private final String proto;
    private final ConnectorConfig config;

    private StoreContext(String proto, ConnectorConfig config) {
        this.proto = Objects.requireNonNull(proto, "proto");
        this.config = Objects.requireNonNull(config, "config");
    }

    /** {@return a context, for hosts and tests} */
    public static StoreContext of(String proto, ConnectorConfig config) {
        return new StoreContext(proto, config);
    }

    /** {@return the protocol that the host asked for: the part before {@code ://}} */
    public String proto() {
        return proto;
    }

    /** {@return the user's settings} */
    public ConnectorConfig config() {
        return config;
    }
}
