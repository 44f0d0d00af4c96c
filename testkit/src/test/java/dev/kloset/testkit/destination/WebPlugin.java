package dev.kloset.testkit.destination;

import dev.kloset.Connector;
import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The connectors of a {@link WebTree}. */
final class WebPlugin {

    /** What the exporter does wrong, or its destination cannot keep. */
    enum Loss {
        NOTHING,
        MODES,
        TIMES,
        LINKS,
        DIRECTORIES,
        ODD_NAMES,
        LAST_BYTE,
        EVERYTHING,
        KEEPS_HALF_FILES
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private WebPlugin() {}

    static Plugin plugin(Loss loss) {
        return Plugin.builder("web")
                .exporter("web", context -> new WebExporter(base(context.config()), loss))
                .importer("web", WebPlugin::importer)
                .build();
    }

    static Plugin exporterOnly() {
        return Plugin.builder("web")
                .exporter("web", context -> new WebExporter(base(context.config()), Loss.NOTHING))
                .build();
    }

    private static String base(ConnectorConfig config) throws IOException {
        return "http://" + config.location().path();
    }

    private static Importer importer(ConnectorContext context) throws IOException {
        if (context.config().get("mode").isPresent()) {
            throw new IOException("there is no setting mode");
        }
        return new WebImporter(base(context.config()));
    }

    private static HttpResponse<byte[]> send(String method, String base, String pathname, String about, byte[] body)
            throws IOException, InterruptedException {
        try {
            URI place = URI.create(base);
            URI uri = new URI(place.getScheme(), place.getAuthority(), place.getPath() + pathname, null, null);
            return CLIENT.send(HttpRequest.newBuilder(URI.create(uri.toASCIIString()))
                    .method(method, BodyPublishers.ofByteArray(body))
                    .header("About", about)
                    .build(), BodyHandlers.ofByteArray());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private interface Web extends Connector {
        @Override
        default String origin() {
            return "web";
        }

        @Override
        default String type() {
            return "web";
        }

        @Override
        default String root() {
            return "/";
        }
    }

    private record WebExporter(String base, Loss loss) implements Web, Exporter {

        @Override
        public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
            records.forEach(results, this::put);
        }

        private void put(ConnectorRecord record) throws IOException, InterruptedException {
            if (record.pathname().contains("..")) {
                throw new IOException("it leads out of the destination");
            }
            if (!(record instanceof FileRecord file) || loss == Loss.EVERYTHING) {
                return;
            }
            FileMode mode = file.info().mode();
            if (mode.isSymlink() && loss == Loss.LINKS) {
                throw new IOException("there are no links here");
            }
            if (loss == Loss.ODD_NAMES && !record.pathname().matches("[a-zA-Z0-9/-]{1,30}")) {
                throw new IOException("such a name cannot be kept");
            }
            if (mode.isDirectory() && loss == Loss.DIRECTORIES) {
                return;
            }
            byte[] bytes = file.content().isPresent() ? read(file) : new byte[0];
            String about = (loss == Loss.MODES ? mode.bits() | 0777 : mode.bits()) + " "
                    + (loss == Loss.TIMES ? Instant.EPOCH : file.info().modTime()) + " "
                    + hex(file.target());
            send("PUT", base, file.pathname(), about,
                    loss == Loss.LAST_BYTE && bytes.length > 0 ? Arrays.copyOf(bytes, bytes.length - 1) : bytes);
        }

        private byte[] read(FileRecord file) throws IOException, InterruptedException {
            try (InputStream in = file.content().orElseThrow().open()) {
                if (loss != Loss.KEEPS_HALF_FILES) {
                    return in.readAllBytes();
                }
                byte[] first = in.readNBytes(1 << 20);
                send("PUT", base, file.pathname(), file.info().mode().bits() + " " + file.info().modTime() + " ",
                        first);
                byte[] rest = in.readAllBytes();
                byte[] all = Arrays.copyOf(first, first.length + rest.length);
                System.arraycopy(rest, 0, all, first.length, rest.length);
                return all;
            }
        }
    }

    private record WebImporter(String base) implements Web, Importer {

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            String lines = new String(send("LIST", base, "", "", new byte[0]).body(), StandardCharsets.UTF_8);
            for (String line : lines.lines().toList()) {
                int tab = line.lastIndexOf('\t');
                emit(records, line.substring(0, tab).replace("%0A", "\n").replace("%25", "%"),
                        List.of(line.substring(tab + 1).split(" ", -1)));
            }
        }

        private void emit(RecordSink records, String pathname, List<String> about)
                throws IOException, InterruptedException {
            if (pathname.equals("/")) {
                return;
            }
            FileMode mode = new FileMode(Integer.parseInt(about.get(0)));
            FileInfo.Builder info = FileInfo.builder(pathname.substring(pathname.lastIndexOf('/') + 1))
                    .mode(mode)
                    .modTime(Instant.parse(about.get(1)));
            if (mode.isRegular()) {
                byte[] content = send("GET", base, pathname, "", new byte[0]).body();
                records.emit(FileRecord.file(pathname, info.size(content.length).build(),
                        () -> new ByteArrayInputStream(content)));
            } else if (mode.isSymlink()) {
                String target = new String(HexFormat.of().parseHex(about.get(2)), StandardCharsets.UTF_8);
                records.emit(FileRecord.symlink(pathname, info.build(), target));
            } else {
                records.emit(FileRecord.of(pathname, info.build()));
            }
        }
    }
}
