package dev.kloset.cli.store;

import dev.kloset.Plugin.Kind;
import dev.kloset.Store;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.OpenConnector;
import dev.kloset.cli.shell.PluginOptions;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The store that a command works on. */
final class StoreTarget {

    @Parameters(index = "0", paramLabel = "URI", description = "The repository, such as files:///var/backups.")
    String uri = "";

    @Mixin
    PluginOptions options = new PluginOptions();

    /** {@return the store, with its repository open} Stores may rely on that order, because hosts keep it. */
    OpenConnector<Store> openRepository(CommandContext context) throws IOException, InterruptedException {
        OpenConnector<Store> connection = start(context);
        boolean done = false;
        try {
            connection.connector().open();
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** {@return the store, whether or not it contains a repository} */
    OpenConnector<Store> start(CommandContext context) throws IOException, InterruptedException {
        return OpenConnector.store(context.endpoints().find(Kind.STORAGE, uri, options));
    }
}
