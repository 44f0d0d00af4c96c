package dev.kloset.testkit.destination;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ExportRun;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.Reach;
import dev.kloset.testkit.contract.CheckSettings;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds out, once in a run, how to see what the exporter writes: as files of this machine, or through an importer. That a location
 * ends in {@code {temp}} proves nothing, as a server may use it as a path of its own. So a file is exported and looked for.
 */
final class ReachSearch {

    private static final String PROBE = "/kloset-check-probe";

    private ReachSearch() {}

    static Reach of(CheckContext context) throws Exception {
        Optional<Reach> known = context.runContext.reach();
        if (known.isPresent()) {
            return known.get();
        }
        try (CheckContext probe = new CheckContext(context.runContext)) {
            Reach found = search(probe);
            context.runContext.reach(found);
            return found;
        }
    }

    private static Reach search(CheckContext probe) throws Exception {
        boolean named = probe.runContext.settings.config().getOrDefault("location", "").endsWith(CheckSettings.TEMP);
        PluginConnection connection = probe.start();
        if (connection.init().isLocal() && named) {
            return Reach.DIRECTORY;
        }
        try (ExportRun run = new ExportRun(connection)) {
            run.root().file(PROBE, PROBE.getBytes(StandardCharsets.UTF_8)).endAnyhow();
        }
        if (named && !new DirectoryDestination(probe.place()).look(PROBE).isEmpty()) {
            return Reach.DIRECTORY;
        }
        return new ImportedDestination(probe).refusal().map(why -> none(named, why)).orElse(Reach.IMPORTER);
    }

    private static Reach none(boolean named, String why) {
        return Reach.none("what the exporter writes cannot be examined: "
                + (named
                        ? "a restored file did not appear in {temp}, so that is no directory of this machine, "
                        : "the location does not end in {temp}, ")
                + "and no importer of the plugin reads it (" + why + ")");
    }
}
