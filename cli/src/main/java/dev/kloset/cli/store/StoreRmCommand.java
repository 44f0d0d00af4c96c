package dev.kloset.cli.store;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.OpenConnector;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kloset store rm}. */
@Command(name = "rm", abbreviateSynopsis = true, sortOptions = false, description = {
    "Remove objects from a repository. Removing a missing object is not an error. This cannot be undone.", "" })
public final class StoreRmCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    StoreTarget target = new StoreTarget();

    @Parameters(index = "1", paramLabel = "RESOURCE", converter = StoreArguments.ResourceConverter.class, description = "The kind of object, such as locks.")
    @Nullable
    StorageResource resource;

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "MAC", converter = StoreArguments.MacConverter.class, description = "The objects' names.")
    List<ObjectMac> macs = List.of();

    public StoreRmCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (OpenConnector<Store> connection = target.openRepository(context)) {
            for (ObjectMac mac : macs) {
                connection.connector().delete(Objects.requireNonNull(resource), mac);
            }
            connection.finish();
        }
        return ExitCode.OK;
    }
}
