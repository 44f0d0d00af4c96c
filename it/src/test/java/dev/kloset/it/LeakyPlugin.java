package dev.kloset.it;

import dev.kloset.Configuration;
import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Location;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.Secret;
import dev.kloset.Setting;
import dev.kloset.sdk.Entrypoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Says all it knows wherever it can, like libraries that repeat their input in the form in which they have understood it. */
final class LeakyPlugin {

    static final String LOGGER = "leaky";

    private LeakyPlugin() {}

    @Configuration("Too much said")
    record LeakyConfig(@Setting("Where") Location location, @Setting(value = "Who", key = "client_id") Secret client,
            ConnectorConfig others) {}

    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder("leaky").importer("web", LeakyConfig.class, LeakyImporter::new).build());
    }

    /** {@return all interpretations of {@code value}} */
    @SuppressWarnings("StringSplitter") // it interprets as badly as libraries do
    private static List<String> readings(String value) {
        List<String> readings = new ArrayList<>(List.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8),
                value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"),
                value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"),
                Base64.getEncoder().encodeToString(("bob:" + value).getBytes(StandardCharsets.UTF_8))));
        try {
            URI uri = new URI(value);
            for (String part : new String[]{ uri.getAuthority(), uri.getUserInfo(), uri.getHost(), uri.getPath(),
                uri.getQuery(),
                uri.getFragment(), uri.getRawSchemeSpecificPart() }) {
                if (part != null) {
                    readings.add(part);
                }
            }
        } catch (URISyntaxException e) {
            readings.add(e.toString());
        }
        int place = value.indexOf("://");
        if (place > 0) {
            String rest = value.substring(place + 3);
            readings.addAll(List.of(rest.split("[/?#]", 2)[0], rest.substring(rest.indexOf('@') + 1),
                    rest.substring(rest.indexOf('/') + 1), rest.substring(rest.lastIndexOf(':') + 1)));
            String authority = rest.split("[/?#]", 2)[0];
            readings.add("unknown host " + authority.substring(authority.indexOf('@') + 1) + ", port "
                    + authority.substring(authority.indexOf(':') + 1));
        }
        return readings;
    }

    @SuppressWarnings("SystemOut") // as libraries do
    private record LeakyImporter(String origin, String type, String root, List<String> said, String path, String then)
            implements
                Importer {

        LeakyImporter(ConnectorContext context, LeakyConfig config) throws IOException, InterruptedException {
            this("here", "web", "/", leaks(context.config().values()), "/" + config.client().reveal(),
                    config.others().get("then").orElse(""));
            String all = String.join(", ", said) + " " + config;
            IOException failure = new IOException(all, new IllegalStateException(said.getLast()));
            for (String one : said) {
                System.getLogger(LOGGER).log(System.Logger.Level.WARNING, "cannot connect: " + one);
                print(one);
            }
            failure.printStackTrace();
            java.util.logging.Logger.getLogger(LOGGER).log(java.util.logging.Level.WARNING, said.getFirst(), failure);
            org.slf4j.LoggerFactory.getLogger(LOGGER).warn("by way of SLF4J: {}", all);
            if (then.equals("die")) {
                die();
            }
            if (config.others().get("good").isEmpty()) {
                throw failure;
            }
        }

        /** Throw in a thread that is named like those of connection pools; the exception ends the thread. */
        private void die() throws InterruptedException {
            Thread.ofPlatform().name("pool of " + path).start(() -> {
                throw new IllegalStateException(said.toString(), new IOException(said.getLast()));
            }).join();
        }

        private static List<String> leaks(Map<String, String> settings) {
            List<String> leaks = new ArrayList<>();
            settings.forEach((key, value) -> leaks.addAll(readings(value)));
            leaks.add(settings.toString());
            return leaks;
        }

        private static void print(String text) {
            System.err.println("library: " + text);
            System.out.println("library: " + text);
        }

        private static InputStream hang() throws IOException {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            return InputStream.nullInputStream();
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            if (then.equals("hang")) {
                records.emit(FileRecord.file(path, 5, Instant.EPOCH, LeakyImporter::hang));
                return;
            }
            int stride = said.size() / 500 + 1; // fewer than may be in flight, because the test acknowledges none
            for (int i = 0; i < said.size(); i += stride) {
                records.emit(new ErrorRecord("/book", said.get(i)));
            }
            records.emit(FileRecord.file("/book", 5, Instant.EPOCH, () -> {
                throw new IOException(String.join(" ", said));
            }));
            throw new IOException("everything: " + said);
        }
    }
}
