package dev.kloset.cli.store;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.Json;
import dev.kloset.cli.shell.OpenConnector;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kloset store ls}. */
@Command(name = "ls", abbreviateSynopsis = true, sortOptions = false, description = {
    "List the objects of a repository, sorted.", "" })
public final class StoreLsCommand implements Callable<Integer> {

    // Listed by default. The other resources are listed only on request: nothing stores them yet, and many stores refuse to
    // list them.
    private static final List<StorageResource> USUAL = List.of(StorageResource.PACKFILE, StorageResource.STATE,
            StorageResource.LOCK);

    private final CommandContext context;

    @Mixin
    StoreTarget target = new StoreTarget();

    @Parameters(index = "1", arity = "0..1", paramLabel = "RESOURCE", converter = StoreArguments.ResourceConverter.class, description = "List only these; by default packfiles, states and locks.")
    @Nullable
    StorageResource resource;

    @Option(names = "--json", order = 20, description = "Print one JSON object per object.")
    boolean json;

    public StoreLsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (OpenConnector<Store> connection = target.openRepository(context)) {
            for (StorageResource wanted : resource == null ? USUAL : List.of(resource)) {
                for (ObjectMac mac : connection.connector().list(wanted).stream().sorted().toList()) {
                    context.terminal().print(line(wanted, mac));
                }
            }
            connection.finish();
        }
        return ExitCode.OK;
    }

    private String line(StorageResource listed, ObjectMac mac) {
        String word = StoreArguments.word(listed);
        if (json) {
            return Json.object().put("resource", word).put("mac", mac.hex()).toString();
        }
        return resource == null ? word + " " + mac.hex() : mac.hex();
    }
}
