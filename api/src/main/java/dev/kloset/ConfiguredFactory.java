package dev.kloset;

import java.io.IOException;

/**
 * Makes connectors from a checked configuration; usually a constructor reference.
 *
 * @param <X> what the host says: {@link ConnectorContext} or {@link StoreContext}
 * @param <C> the author's record of settings
 * @param <K> the connector
 */
@FunctionalInterface
public interface ConfiguredFactory<X, C extends Record, K extends Connector> {

    /**
     * {@return a connector that is ready for use} Called once per process, when the host sends Init, and only if every
     * setting is right.
     *
     * @throws IOException if the other side refuses; the message is what the user reads
     */
    K create(X context, C config) throws IOException, InterruptedException;
}
