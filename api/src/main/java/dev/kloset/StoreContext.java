package dev.kloset;

import java.util.Objects;

/** What a factory is given to make a store. Hosts send no options to stores. Immutable. */
public final class StoreContext {

    private final String proto;
    private final ConnectorConfig config;

    private StoreContext(String proto, ConnectorConfig config) {
        this.proto = Objects.requireNonNull(proto, "proto");
        this.config = Objects.requireNonNull(config, "config");
    }

    /** {@return a context, as hosts and tests make it} */
    public static StoreContext of(String proto, ConnectorConfig config) {
        return new StoreContext(proto, config);
    }

    /** {@return the protocol under which the store was asked for: what stands before {@code ://}} */
    public String proto() {
        return proto;
    }

    /** {@return what the user has set} */
    public ConnectorConfig config() {
        return config;
    }
}
