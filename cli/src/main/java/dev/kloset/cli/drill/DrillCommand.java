package dev.kloset.cli.drill;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.cli.catalog.PluginEntry;
import dev.kloset.cli.compare.Aspect;
import dev.kloset.cli.compare.AspectConverter;
import dev.kloset.cli.compare.CompareCommand;
import dev.kloset.cli.compare.Difference;
import dev.kloset.cli.compare.Verdict;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.CommandException;
import dev.kloset.cli.shell.ConcurrencyOption;
import dev.kloset.cli.shell.Endpoint;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.PluginOptions;
import dev.kloset.cli.shell.TemporaryDirectory;
import dev.kloset.exclude.Excludes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kloset drill}. */
@Command(name = "drill", abbreviateSynopsis = true, sortOptions = false, description = {
    "Test a restore with the real Plakar, and print a certificate.",
    "The drill backs up SRC into a repository of its own, restores it elsewhere and compares both. "
            + "It deletes at the end everything that it has made.",
    "" }, footer = { "",
        "The repository and the restore are in TMPDIR, and need room for SRC twice.", "",
        "Exit codes: 0 the restore is equal, 1 it differs, 2 bad usage, 3 could not run." })
public final class DrillCommand implements Callable<Integer> {

    private static final int MOST_DIFFERENCES = 1000;

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "SRC", description = "What to back up, such as files:///home/me.")
    String source = "";

    @Mixin
    PluginOptions options = new PluginOptions();

    @Option(names = "--plakar", paramLabel = "FILE", defaultValue = "plakar", order = 3, description = {
        "The program Plakar; by default the one on the PATH." })
    String plakar = "plakar";

    @Option(names = "--to", paramLabel = "DST", order = 4, description = {
        "Restore to this empty place, which the drill does not delete. By default a temporary directory; "
                + "a protocol without local paths needs this option." })
    @Nullable
    String destination;

    @Option(names = "--to-option", paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 5, description = "As -o, for DST.")
    Map<String, String> settingsOfDestination = new LinkedHashMap<>();

    @Option(names = "--ignore", paramLabel = "ASPECT", split = ",", completionCandidates = AspectConverter.Words.class, order = 12, description = {
        "Do not compare this, as in compare; may be repeated." })
    List<Aspect> ignored = new ArrayList<>();

    @Option(names = "--html", paramLabel = "FILE", order = 20, description = "Also write the certificate as a web page.")
    @Nullable
    Path html;

    @Option(names = "--json", order = 21, description = "Print the certificate as one JSON object.")
    boolean json;

    public DrillCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Endpoint from = context.endpoints().find(Kind.IMPORTER, source, options).followingLink();
        PluginEntry plugin = packaged(Kind.IMPORTER, source, options);
        try (TemporaryDirectory directory = TemporaryDirectory.create(context.invocation())) {
            Certificate certificate = drill(from, plugin, directory.path());
            print(certificate);
            return certificate.verdict().equal() ? ExitCode.OK : ExitCode.RECORDS_FAILED;
        }
    }

    private Certificate drill(Endpoint from, PluginEntry plugin, Path directory)
            throws IOException, InterruptedException {
        Instant begun = Instant.now();
        String to = destination == null ? localDestination(from, plugin, directory) : destination;
        PluginOptions sideOfDestination = options.with(null, settingsOfDestination);
        sideOfDestination.settings.keySet().retainAll(settingsOfDestination.keySet());
        PluginEntry exporter = packaged(Kind.EXPORTER, to, sideOfDestination);
        try (Drill drill = Drill.in(directory, plakar, this::announce)) {
            Map<String, String> versions = DrillVersions.of(drill.version(), plugin, exporter);
            drill.install(plugin);
            if (!plugin.plugin().equals(exporter.plugin())) {
                drill.install(exporter);
            }
            String snapshot = drill.backup(from.config().location().toString(), options.settings);
            drill.restore(snapshot, to, settingsOfDestination);
            announce("compare");
            long start = System.nanoTime();
            List<Difference> differences = new ArrayList<>();
            Endpoint restored = context.endpoints().find(Kind.IMPORTER, to, sideOfDestination);
            Verdict verdict = compare(from, restored, differences);
            Map<String, Duration> times = drill.times();
            times.put("compare", Duration.ofNanos(System.nanoTime() - start));
            return new Certificate(from.uri(), destination == null ? "a temporary directory" : restored.uri(),
                    context.invocation().options(1, List.of()).hostname(), begun, versions, snapshot, times, verdict,
                    differences);
        } finally {
            context.terminal().clearStatus();
        }
    }

    private Verdict compare(Endpoint from, Endpoint restored, List<Difference> differences)
            throws IOException, InterruptedException {
        Set<Aspect> without = EnumSet.noneOf(Aspect.class);
        without.addAll(ignored);
        return CompareCommand.compare(context, from, restored, Excludes.of(List.of()), without,
                ConcurrencyOption.usual(), List.of(),
                difference -> {
                    if (differences.size() < MOST_DIFFERENCES) {
                        differences.add(difference);
                    }
                });
    }

    private static String localDestination(Endpoint from, PluginEntry plugin, Path directory) throws CommandException {
        if (!plugin.localPaths()) {
            throw CommandException.usage("the drill cannot know where " + from.proto()
                    + " may write: name an empty place with --to, such as --to files:///tmp/drill");
        }
        return new Location(from.proto(), directory.resolve("restored").toString()).toString();
    }

    /** {@return the plugin for a location, if it can be packaged} Plakar installs packages, not executables. */
    private PluginEntry packaged(Kind kind, String uri, PluginOptions side) throws IOException {
        PluginEntry plugin = context.endpoints().plugin(kind, uri, side);
        if (plugin.directory() == null) {
            throw CommandException
                    .usage("a drill installs the plugin in Plakar: name its directory, with a manifest.yaml, "
                            + "instead of the executable");
        }
        return plugin;
    }

    private void announce(String step) {
        if (context.terminal().showsStatus()) {
            context.terminal().status("drill of " + HumanText.visible(source) + ": " + step);
        }
    }

    private void print(Certificate certificate) throws IOException {
        if (html != null) {
            Files.writeString(context.invocation().directory().resolve(html),
                    context.terminal().hidden(CertificatePage.of(certificate)));
        }
        if (json) {
            context.terminal().print(CertificateText.json(certificate).toString());
            return;
        }
        for (String line : CertificateText.lines(certificate)) {
            context.terminal().print(line);
        }
    }
}
