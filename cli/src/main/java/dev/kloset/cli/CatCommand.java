package dev.kloset.cli;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin.Kind;
import dev.kloset.RecordSink;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.CommandException;
import dev.kloset.cli.shell.Endpoint;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.OpenConnector;
import dev.kloset.cli.shell.PluginOptions;
import dev.kloset.cli.shell.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kloset cat}. */
@Command(name = "cat", abbreviateSynopsis = true, sortOptions = false, description = {
    "Write the content of one file to standard output.",
    "The importer lists everything below URI until it reaches the file: the closer URI is to the file, the faster.",
    "" })
final class CatCommand implements Callable<Integer> {

    private static final int CHUNK_BYTES = 1 << 16;

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "URI", description = "Where to look, such as files:///home/me.")
    String uri = "";

    @Parameters(index = "1", paramLabel = "PATH", description = {
        "The file: a whole path as ls prints it, or a path without a leading slash, relative to the root of URI." })
    String path = "";

    @Mixin
    PluginOptions options = new PluginOptions();

    CatCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Endpoint endpoint = context.endpoints().find(Kind.IMPORTER, uri, options);
        try (OpenConnector<Importer> connection = OpenConnector.importer(endpoint,
                context.invocation().options(1, List.of()))) {
            Importer importer = connection.connector();
            Search search = new Search(wholePath(importer.root(), path), context.terminal());
            try {
                importer.importRecords(search);
            } catch (IOException | RuntimeException e) {
                search.end(e);
            }
            search.finish(endpoint.uri());
        }
        return ExitCode.OK;
    }

    static String wholePath(String root, String path) {
        String whole = path.startsWith("/") ? path : root + "/" + path;
        String clean = whole.replaceAll("/(\\./)*/*", "/");
        return clean.length() > 1 && clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
    }

    /** Waits for one path, writes its content, and then ends the listing by refusing the next record. */
    static final class Search implements RecordSink {

        private final String path;
        private final Terminal terminal;
        private volatile boolean found;
        private volatile @Nullable String wrongAbove; // why the file may be missing

        Search(String path, Terminal terminal) {
            this.path = path;
            this.terminal = terminal;
        }

        @Override
        public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) throws IOException {
            if (record instanceof ErrorRecord error && isAbove(error.pathname())) {
                wrongAbove = RecordLines.text(error);
            }
            if (record.pathname().equals(path)) {
                switch (record) {
                    case ErrorRecord error -> throw CommandException.notThere(RecordLines.text(error));
                    case FileRecord file -> {
                        write(file);
                        found = true;
                        onResult.accept(ConnectorResult.ok(record));
                        throw new IOException("found: nothing more is wanted");
                    }
                    default -> {
                    }
                }
            }
            onResult.accept(ConnectorResult.ok(record));
        }

        private boolean isAbove(String directory) {
            return directory.equals("/") || path.startsWith(directory + "/");
        }

        private void write(FileRecord file) throws IOException {
            if (!file.info().mode().isRegular()) {
                throw CommandException.notThere(HumanText.visible(path) + " is no file but " + what(file));
            }
            Content content = file.content()
                    .orElseThrow(() -> CommandException.notThere(HumanText.visible(path) + " has no content"));
            try (InputStream in = content.open()) {
                byte[] chunk = new byte[CHUNK_BYTES];
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    terminal.write(chunk, 0, read);
                }
                terminal.flush();
            }
        }

        private static String what(FileRecord file) {
            if (file.info().mode().isDirectory()) {
                return "a directory";
            }
            return file.target().isEmpty()
                    ? "a special file"
                    : "a symbolic link to " + HumanText.visible(file.target());
        }

        /** Judge a listing that ended early: either because the file was found, or because something is wrong. */
        void end(Exception cause) throws IOException {
            if (!found) {
                throw cause instanceof IOException e ? e : new IOException(cause);
            }
        }

        void finish(String uri) throws CommandException {
            String wrong = wrongAbove;
            if (!found && wrong != null) {
                throw CommandException.notThere(wrong);
            }
            if (!found) {
                throw CommandException.notThere(uri + " has no file " + HumanText.visible(path));
            }
        }
    }
}
