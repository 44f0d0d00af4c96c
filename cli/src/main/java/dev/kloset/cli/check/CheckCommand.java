package dev.kloset.cli.check;

import dev.kloset.Plugin.Kind;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.CommandException;
import dev.kloset.cli.shell.Executables;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.HelpOption;
import dev.kloset.cli.shell.KindConverter;
import dev.kloset.testkit.Checker;
import dev.kloset.testkit.contract.CannotCheckException;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.report.HtmlReport;
import dev.kloset.testkit.report.JunitReport;
import dev.kloset.testkit.subject.ProcessSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kloset check}. */
@Command(name = "check", abbreviateSynopsis = true, sortOptions = false, description = {
    "Check a plugin, written in any language, against every clause of the plugin contract.", "" }, footer = {
        "", //
        "{temp} in a setting stands for an empty directory, a new one for every check:", //
        "  kloset check ./my-importer --kind importer -o location=my:///data", //
        "  kloset check ./my-exporter --kind exporter -o location=my://{temp}", //
        "  kloset check ./my-store --kind storage -o location=my://{temp}/repository", //
        "", //
        "You can check a store where you will use it: the check does not touch a location that", //
        "holds a repository, and deletes the objects of its checks.", //
        "Exit codes: 0 all clauses kept, 1 clauses broken, 2 bad usage, 3 could not run." })
public final class CheckCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "EXECUTABLE", description = "The plugin.")
    String executable = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGS", description = {
        "Arguments of the plugin; put -- before them if they begin with a dash." })
    List<String> args = new ArrayList<>();

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--kind", paramLabel = "KIND", completionCandidates = KindConverter.Words.class, required = true, order = 1, description = {
        "What to check: importer, exporter or storage." })
    Kind kind = Kind.IMPORTER;

    @Option(names = { "-o",
        "--option" }, paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 2, description = {
            "A setting for the connector, location above all; may be repeated." })
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--mutable", paramLabel = "DIR", order = 3, description = {
        "A directory in the importer's source where the check may create and change files, to prove that the importer misses no change." })
    @Nullable
    Path mutable;

    @Mixin
    DestinationOptions destination = new DestinationOptions();

    @Option(names = "--waive", paramLabel = "ID=REASON", order = 4, description = {
        "Accept that the plugin breaks a clause, for this reason; may be repeated." })
    Map<String, String> waivers = new LinkedHashMap<>();

    @Option(names = "--patience", paramLabel = "SECONDS", defaultValue = "20", order = 5, description = {
        "How long to wait until a missing answer counts as a hang; default ${DEFAULT-VALUE}. An answer after more than 2 s counts as slow." })
    int patience;

    @Option(names = "--junit", paramLabel = "FILE", order = 10, description = "Also write a report in JUnit's XML format.")
    @Nullable
    Path junit;

    @Option(names = "--html", paramLabel = "FILE", order = 11, description = "Also write a report as a web page.")
    @Nullable
    Path html;

    @Option(names = "--json", order = 20, description = "Print one JSON object per clause, and one at the end.")
    boolean json;

    public CheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CheckSettings checked = checkSettings();
        Path file = Executables.find(executable, context.invocation());
        Executables.check(file, executable);
        CheckOutput output = json ? new CheckJson(context.terminal()) : new CheckText(context.terminal());
        Conformance result;
        try {
            Redacted redacted = new Redacted(context.terminal()::hidden);
            result = redacted.conformance(Checker.run(
                    destination.subject(new ProcessSubject(file, args, Map.of()), context.invocation()), checked,
                    each -> output.progress(redacted.result(each))));
        } catch (CannotCheckException e) {
            throw CommandException.failed("cannot check " + executable + ": " + e.getMessage());
        }
        output.finish(result);
        write(junit, JunitReport.of(result));
        write(html, HtmlReport.of(result, Instant.now()));
        return result.failures().isEmpty() ? ExitCode.OK : ExitCode.RECORDS_FAILED;
    }

    private CheckSettings checkSettings() throws CommandException {
        if (!settings.containsKey("location")) {
            throw CommandException.usage("a connector needs a location: -o location=PROTOCOL://PLACE");
        }
        if (patience < 1) {
            throw CommandException.usage("--patience must be at least 1 s, not " + patience);
        }
        CheckSettings.Builder builder = CheckSettings.builder(kind, settings)
                .options(context.invocation().options(Runtime.getRuntime().availableProcessors(), List.of()))
                .hungAfter(Duration.ofSeconds(patience))
                .limit(Duration.ofSeconds(Math.max(90, 5L * patience)));
        if (mutable != null) {
            builder.mutable(directory(context.invocation().directory().resolve(mutable)));
        }
        destination.describe(builder, kind);
        for (Map.Entry<String, String> waiver : waivers.entrySet()) {
            builder.waive(clause(waiver.getKey()), reason(waiver.getKey(), waiver.getValue()));
        }
        return builder.build();
    }

    private static Path directory(Path directory) throws CommandException {
        if (!Files.isDirectory(directory)) {
            throw CommandException.usage("--mutable needs a directory, and " + directory + " is none");
        }
        return directory;
    }

    private static Clause clause(String id) throws CommandException {
        for (Clause clause : Clause.values()) {
            if (clause.id().equals(id.toUpperCase(Locale.ROOT))) {
                return clause;
            }
        }
        throw CommandException.usage("there is no clause " + id + " to waive; ids are like T01");
    }

    private static String reason(String id, @Nullable String reason) throws CommandException {
        if (reason == null || reason.isBlank()) {
            throw CommandException.usage("a waiver must say why: --waive " + id + "=REASON");
        }
        return reason;
    }

    private void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(context.invocation().directory().resolve(file), text);
        }
    }
}
