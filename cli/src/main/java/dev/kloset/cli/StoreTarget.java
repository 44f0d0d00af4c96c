package dev.kloset.cli;

import dev.kloset.Store;
import dev.kloset.cli.catalog.ConnectorKind;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which store a command works on. */
final class StoreTarget {

    @Parameters(index = "0", paramLabel = "URI", description = "The repository, such as files:///var/backups.")
    String uri = "";

    @Mixin
    PluginOptions options = new PluginOptions();

    /** {@return the store, with the repository in it open} Stores may count on that order, hosts keep it. */
    Opened<Store> openRepository(CommandContext context) throws IOException, InterruptedException {
        Opened<Store> opened = start(context);
        boolean done = false;
        try {
            opened.connector().open();
            done = true;
            return opened;
        } finally {
            if (!done) {
                opened.close();
            }
        }
    }

    /** {@return the store, whether there is a repository or not} */
    Opened<Store> start(CommandContext context) throws IOException, InterruptedException {
        return Opened.store(context.endpoints().find(ConnectorKind.STORAGE, uri, options));
    }
}
