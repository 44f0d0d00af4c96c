package dev.kloset.cli;

import dev.kloset.Connector;
import dev.kloset.Location;
import dev.kloset.Options;
import dev.kloset.cli.catalog.Catalog;
import dev.kloset.cli.catalog.ConnectorKind;
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
    "Check that a connector starts and reaches what URI names.", "" })
final class PingCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "URI", description = "What to reach, such as s3://bucket/photos.")
    String uri = "";

    @Mixin
    PluginOptions options = new PluginOptions();

    @Option(names = "--type", paramLabel = "TYPE", order = 10, description = {
        "Which connector to ask: importer, exporter or storage. Without it the first of these that serves the "
                + "protocol, and the importer of a --plugin." })
    @Nullable
    ConnectorKind kind;

    @Option(names = "--json", order = 20, description = "Print one JSON object.")
    boolean json;

    PingCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ConnectorKind asked = kind == null ? firstServing() : kind;
        Endpoint endpoint = context.endpoints().find(asked, uri, options);
        long start = System.nanoTime();
        try (Opened<? extends Connector> opened = open(asked, endpoint)) {
            Connector connector = opened.connector();
            connector.ping();
            report(asked, endpoint, connector, Duration.ofNanos(System.nanoTime() - start));
            opened.finish();
        }
        return ExitCode.OK;
    }

    private ConnectorKind firstServing() {
        if (options.plugin != null) {
            return ConnectorKind.IMPORTER;
        }
        Catalog catalog = context.endpoints().catalog();
        String proto = Location.parse(uri).proto();
        return Stream.of(ConnectorKind.values())
                .filter(candidate -> catalog.find(candidate, proto).isPresent())
                .findFirst()
                .orElse(ConnectorKind.IMPORTER);
    }

    private Opened<? extends Connector> open(ConnectorKind asked, Endpoint endpoint)
            throws IOException, InterruptedException {
        Options said = context.surroundings().options(1, List.of());
        return switch (asked) {
            case IMPORTER -> Opened.importer(endpoint, said);
            case EXPORTER -> Opened.exporter(endpoint, said);
            case STORAGE -> Opened.store(endpoint);
        };
    }

    private void report(ConnectorKind asked, Endpoint endpoint, Connector connector, Duration time) throws IOException {
        if (json) {
            context.terminal()
                    .print(Json.object()
                            .put("uri", endpoint.uri())
                            .put("connector", asked.manifestWord())
                            .put("type", connector.type())
                            .put("origin", connector.origin())
                            .put("root", connector.root())
                            .put("seconds", time.toNanos() / 1e9)
                            .toString());
        } else {
            context.terminal()
                    .print(String.format(Locale.ROOT, "%s answers: %s of type %s, origin %s, root %s, %s",
                            endpoint.uri(),
                            asked.manifestWord(), Words.visible(connector.type()), Words.visible(connector.origin()),
                            Words.visible(connector.root()), Words.duration(time)));
        }
    }
}
