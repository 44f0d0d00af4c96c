package dev.kloset.cli.compare;

import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Plugin.Kind;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.ConcurrencyOption;
import dev.kloset.cli.shell.Endpoint;
import dev.kloset.cli.shell.ExcludeOptions;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.OpenConnector;
import dev.kloset.cli.shell.PluginOptions;
import dev.kloset.cli.shell.TemporaryDirectory;
import dev.kloset.exclude.Excludes;
import java.io.IOException;
import java.time.Duration;
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

/** {@code kloset compare}. */
@Command(name = "compare", abbreviateSynopsis = true, sortOptions = false, description = {
    "Compare what two importers read, entry by entry.",
    "Use it for a source and its restore, a directory and a bucket, or before and after a migration. Contents are compared by SHA-256, metadata field by field. What one side cannot express is left out, and named.",
    "" }, footer = { "", "Exit codes: 0 equal, 1 different, 2 bad usage, 3 could not run." })
public final class CompareCommand implements Callable<Integer> {

    private static final int MOST_DIFFERENCES = 20;

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "A", description = "One side, such as files:///home/me.")
    String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "The other side, such as s3://bucket/me.")
    String b = "";

    @Mixin
    PluginOptions options = new PluginOptions();

    @Option(names = "--a-plugin", paramLabel = "EXECUTABLE", order = 3, description = "As --plugin, for A.")
    @Nullable
    String pluginOfA;

    @Option(names = "--b-plugin", paramLabel = "EXECUTABLE", order = 4, description = "As --plugin, for B.")
    @Nullable
    String pluginOfB;

    @Option(names = "--a-option", paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 5, description = "As -o, for A.")
    Map<String, String> settingsOfA = new LinkedHashMap<>();

    @Option(names = "--b-option", paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 6, description = "As -o, for B.")
    Map<String, String> settingsOfB = new LinkedHashMap<>();

    @Mixin
    ConcurrencyOption concurrency = new ConcurrencyOption();

    @Mixin
    ExcludeOptions excludes = new ExcludeOptions();

    @Option(names = "--ignore", paramLabel = "ASPECT", split = ",", completionCandidates = AspectConverter.Words.class, order = 12, description = {
        "Do not compare this: content, mode, mtime, owner, directories, symlinks, specials, xattrs or hardlinks; "
                + "may be repeated." })
    List<Aspect> ignored = new ArrayList<>();

    @Option(names = "--list", order = 20, description = {
        "List every difference; by default the first 20." })
    boolean list;

    @Option(names = "--json", order = 21, description = {
        "Print one JSON object per difference, and one with the verdict." })
    boolean json;

    public CompareCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int files = concurrency.files();
        long start = System.nanoTime();
        Excludes excluded = excludes.excludes();
        Endpoint first = endpoint(a, pluginOfA, settingsOfA);
        Endpoint second = endpoint(b, pluginOfB, settingsOfB);
        CompareReport report = new CompareReport(context.terminal(), json, list ? Long.MAX_VALUE : MOST_DIFFERENCES,
                new ArrayList<>());
        Verdict verdict = compare(context, first, second, excluded, ignored(), files, excludes.patterns,
                report);
        report.finish(verdict, Duration.ofNanos(System.nanoTime() - start));
        return verdict.equal() ? ExitCode.OK : ExitCode.RECORDS_FAILED;
    }

    /** Compare two endpoints, each in a process of its own. */
    public static Verdict compare(CommandContext context, Endpoint first, Endpoint second, Excludes excluded,
            Set<Aspect> ignored, int concurrency, List<String> excludes,
            DifferenceListener report)
            throws IOException, InterruptedException {
        Options said = context.invocation().options(concurrency, excludes);
        try (TemporaryDirectory directory = TemporaryDirectory.create(context.invocation());
                OpenConnector<Importer> ofA = OpenConnector.importer(first, said);
                OpenConnector<Importer> ofB = OpenConnector.importer(second, said)) {
            Side sideA = new Side(ofA.connector(), () -> !ofA.isAlive());
            Side sideB = new Side(ofB.connector(), () -> !ofB.isAlive());
            Verdict verdict;
            try (CompareProgress _ = CompareProgress.show(context.terminal(), sideA.traits(), sideB.traits())) {
                verdict = new Comparison(directory.path(), excluded, ignored, concurrency).run(sideA, sideB, report);
            }
            ofA.finish();
            ofB.finish();
            return verdict;
        }
    }

    private Set<Aspect> ignored() {
        Set<Aspect> set = EnumSet.noneOf(Aspect.class);
        set.addAll(ignored);
        return set;
    }

    private Endpoint endpoint(String uri, @Nullable String plugin, Map<String, String> settings) throws IOException {
        PluginOptions side = options.with(plugin, settings);
        return context.endpoints().find(Kind.IMPORTER, uri, side).followingLink();
    }
}
