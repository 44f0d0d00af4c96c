package dev.kloset.cli.shell;

import dev.kloset.Connector;
import dev.kloset.ConnectorContext;
import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import java.io.IOException;

/**
 * A connector and the process it lives in. Closing ends both.
 *
 * @param <C> the kind of connector
 */
public record OpenConnector<C extends Connector>(C connector, PluginProcess process) implements AutoCloseable {

    public static OpenConnector<Importer> importer(Endpoint endpoint, Options options)
            throws IOException, InterruptedException {
        return open(endpoint.command(), process -> process.importer(context(endpoint, options)));
    }

    /** {@return an importer that stays silent, because another process of the same plugin already shows the messages} */
    public static OpenConnector<Importer> unheardImporter(Endpoint endpoint, Options options)
            throws IOException, InterruptedException {
        return open(endpoint.unheard(), process -> process.importer(context(endpoint, options)));
    }

    public static OpenConnector<Exporter> exporter(Endpoint endpoint, Options options)
            throws IOException, InterruptedException {
        return open(endpoint.command(), process -> process.exporter(context(endpoint, options)));
    }

    public static OpenConnector<Store> store(Endpoint endpoint) throws IOException, InterruptedException {
        return open(endpoint.command(), process -> process.store(StoreContext.of(endpoint.proto(), endpoint.config())));
    }

    private static ConnectorContext context(Endpoint endpoint, Options options) {
        return ConnectorContext.of(endpoint.proto(), endpoint.config(), options);
    }

    private static <C extends Connector> OpenConnector<C> open(PluginCommand command, Init<C> init)
            throws IOException, InterruptedException {
        PluginProcess process = PluginProcess.start(command);
        boolean opened = false;
        try {
            C connector = init.on(process);
            opened = true;
            return new OpenConnector<>(connector, process);
        } finally {
            if (!opened) {
                process.close();
            }
        }
    }

    /**
     * Close the connector in an orderly way after success. After a failure there may be no process left to close, or none worth
     * waiting for.
     */
    public void finish() {
        try {
            connector.close();
        } catch (IOException e) {
            // As in Plakar: the previous call has already reported what the user must know.
        }
    }

    /** {@return whether the connector's process still runs} */
    public boolean isAlive() {
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
