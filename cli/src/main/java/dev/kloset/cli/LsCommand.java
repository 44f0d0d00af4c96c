package dev.kloset.cli;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin.Kind;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.Endpoint;
import dev.kloset.cli.shell.ExcludeOptions;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.OpenConnector;
import dev.kloset.cli.shell.PluginOptions;
import dev.kloset.cli.shell.Terminal;
import dev.kloset.exclude.Excludes;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kloset ls}. */
@Command(name = "ls", abbreviateSynopsis = true, sortOptions = false, description = {
    "List everything an importer finds below URI.", "" })
final class LsCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "URI", description = "What to list, such as files:///home/me.")
    String uri = "";

    @Mixin
    PluginOptions options = new PluginOptions();

    @Mixin
    ExcludeOptions excludes = new ExcludeOptions();

    @Option(names = "--json", order = 20, description = "Print one JSON object per record.")
    boolean json;

    LsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Listing listing = new Listing(context.terminal(), json, excludes.excludes());
        Endpoint endpoint = context.endpoints().find(Kind.IMPORTER, uri, options);
        try (OpenConnector<Importer> connection = OpenConnector.importer(endpoint,
                context.invocation().options(1, excludes.patterns))) {
            connection.connector().importRecords(listing);
            connection.finish();
        }
        return listing.errors.get() == 0 ? ExitCode.OK : ExitCode.RECORDS_FAILED;
    }

    /** Prints records as they come. */
    static final class Listing implements RecordSink {

        private final Terminal terminal;
        private final boolean json;
        private final Excludes excludes;
        final AtomicLong errors = new AtomicLong();

        Listing(Terminal terminal, boolean json, Excludes excludes) {
            this.terminal = terminal;
            this.json = json;
            this.excludes = excludes;
        }

        @Override
        public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws IOException {
            switch (record) {
                case FileRecord file -> list(file);
                case XattrRecord xattr -> list(xattr);
                case ErrorRecord error -> list(error);
            }
            onResult.accept(ConnectorResult.ok(record));
        }

        private void list(FileRecord file) throws IOException {
            if (!excludes.excludes(file.pathname(), file.info().mode().isDirectory())) {
                terminal.data(json ? RecordLines.json(file) : RecordLines.text(file));
            }
        }

        /** List an extended attribute, in JSON only. In text, a sign on the line of the file shows that it has some. */
        private void list(XattrRecord xattr) throws IOException {
            if (json && !excludes.excludes(xattr.pathname(), false)) {
                terminal.data(RecordLines.json(xattr));
            }
        }

        private void list(ErrorRecord error) throws IOException {
            errors.incrementAndGet();
            if (json) {
                terminal.print(RecordLines.json(error));
            } else {
                terminal.remark(RecordLines.text(error));
            }
        }
    }
}
