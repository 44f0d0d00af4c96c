package dev.kloset.cli;

import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreMode;
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
    "Show what a repository's storage is and how much is in it.", "" })
final class StoreStatCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    StoreTarget target = new StoreTarget();

    @Option(names = "--json", order = 20, description = "Print one JSON object.")
    boolean json;

    StoreStatCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Opened<Store> opened = target.openRepository(context)) {
            Facts facts = Facts.of(opened.connector());
            opened.finish();
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
                    : Words.bytes(size) + " (" + Words.number(size) + " bytes)";
            return List.of("type:      " + Words.visible(type), "origin:    " + Words.visible(origin),
                    "root:      " + Words.visible(root), "mode:      " + String.join(", ", mode), "size:      " + bytes,
                    "config:    " + Words.number(configBytes) + " bytes", "packfiles: " + Words.number(packfiles),
                    "states:    " + Words.number(states), "locks:     " + Words.number(locks));
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
