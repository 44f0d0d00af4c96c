package dev.kloset.cli.store;

import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreMode;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.Json;
import dev.kloset.cli.shell.OpenConnector;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kloset store stat}. */
@Command(name = "stat", abbreviateSynopsis = true, sortOptions = false, description = {
    "Describe a repository's storage, and show how much it contains.", "" })
public final class StoreStatCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    StoreTarget target = new StoreTarget();

    @Option(names = "--json", order = 20, description = "Print one JSON object.")
    boolean json;

    public StoreStatCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (OpenConnector<Store> connection = target.openRepository(context)) {
            Facts facts = Facts.of(connection.connector());
            connection.finish();
            if (json) {
                context.terminal().print(facts.json());
            } else {
                for (String line : facts.lines()) {
                    context.terminal().print(line);
                }
            }
        }
        return ExitCode.OK;
    }

    private record Facts(String type, String origin, String root, List<String> mode, long size, int configBytes,
            int packfiles, int states, int locks) {

        static Facts of(Store store) throws IOException, InterruptedException {
            return new Facts(store.type(), store.origin(), store.root(), words(store.mode()), store.size(),
                    store.open().length, store.list(StorageResource.PACKFILE).size(),
                    store.list(StorageResource.STATE).size(), store.list(StorageResource.LOCK).size());
        }

        private static List<String> words(Set<StoreMode> mode) {
            return mode.stream().map(m -> m.name().toLowerCase(Locale.ROOT)).sorted().toList();
        }

        List<String> lines() {
            String bytes = size == Store.UNKNOWN_SIZE
                    ? "unknown"
                    : HumanText.bytes(size) + " (" + HumanText.number(size) + " bytes)";
            return List.of("type:      " + HumanText.visible(type), "origin:    " + HumanText.visible(origin),
                    "root:      " + HumanText.visible(root), "mode:      " + String.join(", ", mode),
                    "size:      " + bytes,
                    "config:    " + HumanText.number(configBytes) + " bytes",
                    "packfiles: " + HumanText.number(packfiles),
                    "states:    " + HumanText.number(states), "locks:     " + HumanText.number(locks));
        }

        String json() {
            return Json.object()
                    .put("type", type)
                    .put("origin", origin)
                    .put("root", root)
                    .put("mode", mode)
                    .put("size", size)
                    .put("config", configBytes)
                    .put("packfiles", packfiles)
                    .put("states", states)
                    .put("locks", locks)
                    .toString();
        }
    }
}
