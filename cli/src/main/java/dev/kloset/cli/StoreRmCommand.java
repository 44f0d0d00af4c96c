package dev.kloset.cli;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
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
    "Remove objects from a repository. What is not there is no error. There is no way back.", "" })
final class StoreRmCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    StoreTarget target = new StoreTarget();

    @Parameters(index = "1", paramLabel = "RESOURCE", converter = StoreArguments.ResourceConverter.class, description = "Such as locks.")
    @Nullable
    StorageResource resource;

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "MAC", converter = StoreArguments.MacConverter.class, description = "The objects' names.")
    List<ObjectMac> macs = List.of();

    StoreRmCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Opened<Store> opened = target.openRepository(context)) {
            for (ObjectMac mac : macs) {
                opened.connector().delete(Objects.requireNonNull(resource), mac);
            }
            opened.finish();
        }
        return ExitCode.OK;
    }
}
