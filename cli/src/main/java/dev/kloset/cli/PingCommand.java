package dev.kloset.cli;

import dev.kloset.Connector;
import dev.kloset.Location;
import dev.kloset.Options;
import dev.kloset.Plugin.Kind;
import dev.kloset.cli.catalog.Catalog;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.Endpoint;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.Json;
import dev.kloset.cli.shell.KindConverter;
import dev.kloset.cli.shell.OpenConnector;
import dev.kloset.cli.shell.PluginOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kloset ping}. */
@Command(name = "ping", abbreviateSynopsis = true, sortOptions = false, description = {
    "Check that a connector starts and reaches URI.", "" })
final class PingCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "URI", description = "What to reach, such as s3://bucket/photos.")
    String uri = "";

    @Mixin
    PluginOptions options = new PluginOptions();

    @Option(names = "--kind", paramLabel = "KIND", completionCandidates = KindConverter.Words.class, order = 10, description = {
        "Which connector to ask: importer, exporter or storage. By default the first of these that serves the "
                + "protocol, or the importer of a --plugin." })
    @Nullable
    Kind kind;

    @Option(names = "--json", order = 20, description = "Print one JSON object.")
    boolean json;

    PingCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Kind asked = kind == null ? firstServing() : kind;
        Endpoint endpoint = context.endpoints().find(asked, uri, options);
        long start = System.nanoTime();
        try (OpenConnector<? extends Connector> connection = open(asked, endpoint)) {
            Connector connector = connection.connector();
            connector.ping();
            report(asked, endpoint, connector, Duration.ofNanos(System.nanoTime() - start));
            connection.finish();
        }
        return ExitCode.OK;
    }

    private Kind firstServing() {
        if (options.plugin != null) {
            return Kind.IMPORTER;
        }
        Catalog catalog = context.endpoints().catalog();
        String proto = Location.parse(uri).proto();
        return Stream.of(Kind.values())
                .filter(candidate -> catalog.find(candidate, proto).isPresent())
                .findFirst()
                .orElse(Kind.IMPORTER);
    }

    private OpenConnector<? extends Connector> open(Kind asked, Endpoint endpoint)
            throws IOException, InterruptedException {
        Options said = context.invocation().options(1, List.of());
        return switch (asked) {
            case IMPORTER -> OpenConnector.importer(endpoint, said);
            case EXPORTER -> OpenConnector.exporter(endpoint, said);
            case STORAGE -> OpenConnector.store(endpoint);
        };
    }

    private void report(Kind asked, Endpoint endpoint, Connector connector, Duration time) throws IOException {
        if (json) {
            context.terminal()
                    .print(Json.object()
                            .put("uri", endpoint.uri())
                            .put("kind", asked.manifestType())
                            .put("type", connector.type())
                            .put("origin", connector.origin())
                            .put("root", connector.root())
                            .put("seconds", time.toNanos() / 1e9)
                            .toString());
        } else {
            context.terminal()
                    .print(String.format(Locale.ROOT, "%s answers: %s of type %s, origin %s, root %s, %s",
                            endpoint.uri(),
                            asked.manifestType(), HumanText.visible(connector.type()),
                            HumanText.visible(connector.origin()),
                            HumanText.visible(connector.root()), HumanText.duration(time)));
        }
    }
}
