package dev.kloset.cli;

import dev.kloset.Connector;
import dev.kloset.ConnectorContext;
import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.host.PluginProcess;
import java.io.IOException;

/**
 * A connector and the process it lives in. Closing ends both.
 *
 * @param <C> the kind of connector
 */
record Opened<C extends Connector>(C connector, PluginProcess process) implements AutoCloseable {

    static Opened<Importer> importer(Endpoint endpoint, Options options) throws IOException, InterruptedException {
        return open(endpoint, process -> process.importer(context(endpoint, options)));
    }

    static Opened<Exporter> exporter(Endpoint endpoint, Options options) throws IOException, InterruptedException {
        return open(endpoint, process -> process.exporter(context(endpoint, options)));
    }

    static Opened<Store> store(Endpoint endpoint) throws IOException, InterruptedException {
        return open(endpoint, process -> process.store(StoreContext.of(endpoint.proto(), endpoint.config())));
    }

    private static ConnectorContext context(Endpoint endpoint, Options options) {
        return ConnectorContext.of(endpoint.proto(), endpoint.config(), options);
    }

    private static <C extends Connector> Opened<C> open(Endpoint endpoint, Init<C> init)
            throws IOException, InterruptedException {
        PluginProcess process = PluginProcess.start(endpoint.command());
        boolean opened = false;
        try {
            C connector = init.on(process);
            opened = true;
            return new Opened<>(connector, process);
        } finally {
            if (!opened) {
                process.close();
            }
        }
    }

    /**
     * Tell the connector that everything went well and it is not needed any more. After a failure there is nobody to tell, or
     * nobody who should take time over it.
     */
    void finish() {
        try {
            connector.close();
        } catch (IOException e) {
            // As in Plakar: what must be known was told by the call before.
        }
    }

    /** {@return whether the connector's process still runs} */
    boolean isAlive() {
        return ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    @Override
    public void close() {
        process.close();
    }

    private interface Init<C> {
        C on(PluginProcess process) throws IOException, InterruptedException;
    }
}
