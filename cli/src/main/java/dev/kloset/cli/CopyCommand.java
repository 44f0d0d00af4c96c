package dev.kloset.cli;

import dev.kloset.Connector;
import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.Options;
import dev.kloset.Plugin.Kind;
import dev.kloset.cli.copy.CopyJob;
import dev.kloset.cli.copy.CopySettings;
import dev.kloset.cli.copy.Owner;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.CommandException;
import dev.kloset.cli.shell.ConcurrencyOption;
import dev.kloset.cli.shell.Endpoint;
import dev.kloset.cli.shell.ExcludeOptions;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.OpenConnector;
import dev.kloset.cli.shell.PluginOptions;
import dev.kloset.exclude.Excludes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kloset copy}. */
@Command(name = "copy", abbreviateSynopsis = true, sortOptions = false, description = {
    "Copy everything below SRC to DST, from the importer of one protocol to the exporter of another.", "" })
final class CopyCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "SRC", description = "What to copy, such as files:///home/me.")
    String source = "";

    @Parameters(index = "1", paramLabel = "DST", description = "Where to copy it, such as files:///tmp/out.")
    String destination = "";

    @Mixin
    PluginOptions options = new PluginOptions();

    @Option(names = "--src-plugin", paramLabel = "EXECUTABLE", order = 3, description = "As --plugin, for SRC.")
    @Nullable
    String sourcePlugin;

    @Option(names = "--dst-plugin", paramLabel = "EXECUTABLE", order = 4, description = "As --plugin, for DST.")
    @Nullable
    String destinationPlugin;

    @Option(names = "--src-option", paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 5, description = "As -o, for SRC.")
    Map<String, String> sourceSettings = new LinkedHashMap<>();

    @Option(names = "--dst-option", paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 6, description = "As -o, for DST.")
    Map<String, String> destinationSettings = new LinkedHashMap<>();

    @Mixin
    ConcurrencyOption concurrency = new ConcurrencyOption();

    @Mixin
    ExcludeOptions excludes = new ExcludeOptions();

    @Option(names = "--owners", order = 12, description = {
        "Keep owners even as an ordinary user, and report an error for each file that you cannot give away. By default files of "
                + "other users become yours, unless you are root." })
    boolean owners;

    @Option(names = "--no-progress", negatable = true, order = 20, description = {
        "Show no progress, or show it (--progress) even if standard error is not a terminal. Without a progress bar "
                + "the command does not count files in advance." })
    @Nullable
    Boolean noProgress;

    @Option(names = "--json", order = 21, description = {
        "Print the summary, or the reason why there is none, as one JSON object, and failed records and warnings as JSON objects "
                + "on standard error." })
    boolean json;

    CopyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int files = concurrency.files();
        Excludes excluded = excludes.excludes();
        Endpoint from = context.endpoints()
                .find(Kind.IMPORTER, source, options.with(sourcePlugin, sourceSettings))
                .followingLink();
        Endpoint to = context.endpoints()
                .find(Kind.EXPORTER, destination, options.with(destinationPlugin, settingsOfDestination()));
        checkNotIntoItself(from, to);
        CopySummary summary = new CopySummary(from.uri(), to.uri(), context.terminal(), json);
        Options said = context.invocation().options(files, excludes.patterns);
        Owner owner = owners ? null : Owner.ofOrdinaryUser().orElse(null);
        // The source comes first: if there is nothing to copy, the destination stays untouched.
        try (OpenConnector<Importer> importer = opened(summary, () -> OpenConnector.importer(from, said));
                OpenConnector<Exporter> exporter = opened(summary, () -> OpenConnector.exporter(to, said))) {
            boolean xattrs = exporter.connector().flags().contains(LocationFlag.EXPORTXATTR);
            CopyJob job = new CopyJob(importer.connector(), exporter.connector(),
                    new CopySettings(files, excluded, xattrs, owner, () -> !importer.isAlive()), summary);
            boolean readOnce = importer.connector().flags().contains(LocationFlag.STREAM);
            try (CopyProgress _ = progress(job, readOnce ? null : from, said);
                    StallWatch _ = StallWatch.over(job, summary)) {
                run(job, summary);
            }
            importer.finish();
            exporter.finish();
            summary.print(job.counts());
            return job.counts().errors() == 0 ? ExitCode.OK : ExitCode.RECORDS_FAILED;
        }
    }

    /**
     * The files exporter of this SDK leaves files with the user when it cannot change their owner, unless this setting insists
     * on owners.
     */
    private Map<String, String> settingsOfDestination() {
        if (!owners || destinationPlugin != null || !destination.startsWith("files:")) {
            return destinationSettings;
        }
        Map<String, String> settings = new LinkedHashMap<>(destinationSettings);
        settings.putIfAbsent("require_owners", "true");
        return settings;
    }

    private interface Opening<C extends Connector> {
        OpenConnector<C> open() throws IOException, InterruptedException;
    }

    private static <C extends Connector> OpenConnector<C> opened(CopySummary summary, Opening<C> opening)
            throws IOException, InterruptedException {
        try {
            return opening.open();
        } catch (IOException e) {
            throw CommandException.of(e, summary.json());
        }
    }

    private static void run(CopyJob job, CopySummary summary) throws IOException {
        try {
            job.run();
        } catch (InterruptedException e) {
            summary.interrupted(job.counts());
            throw CommandException.of(e, summary.json(job.counts()));
        } catch (IOException e) {
            throw CommandException.of(e, summary.json(job.counts()));
        }
    }

    private CopyProgress progress(CopyJob job, @Nullable Endpoint counted, Options said) {
        boolean wanted = noProgress == null ? context.terminal().showsStatus() : !noProgress;
        if (!wanted) {
            return CopyProgress.NONE;
        }
        SourceCount total = counted == null ? null : SourceCount.start(counted, said);
        return CopyProgress.show(context.terminal(), job.counts(), total);
    }

    /** A copy into its own source finds its own files again and again, until the disk is full. */
    private static void checkNotIntoItself(Endpoint from, Endpoint to) throws CommandException {
        Path source = from.localPath();
        Path destination = to.localPath();
        if (source != null && destination != null && real(destination).startsWith(real(source))) {
            throw CommandException
                    .usage("cannot copy " + from.uri() + " into itself: " + to.uri() + " is the same or lies below it");
        }
    }

    /** {@return the path with the symbolic links resolved in the part that exists} */
    private static Path real(Path path) {
        Path missing = Path.of("");
        for (Path known = path.normalize(); known != null; known = known.getParent()) {
            try {
                return known.toRealPath().resolve(missing);
            } catch (IOException e) {
                Path name = known.getFileName();
                missing = name == null ? missing : name.resolve(missing);
            }
        }
        return path;
    }
}
