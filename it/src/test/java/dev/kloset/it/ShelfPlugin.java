package dev.kloset.it;

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorException;
import dev.kloset.Content;
import dev.kloset.DiagnosisStep;
import dev.kloset.ErrorKind;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.resilience.Retry;
import dev.kloset.sdk.Entrypoint;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Reads from an HTTP server; some paths cause trouble without a server. */
final class ShelfPlugin {

    static final String LOGGER = "shelf";

    private ShelfPlugin() {}

    // tag::main[]
    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder("shelf")
                .importer("shelf", ShelfConfig.class, ShelfImporter::new)
                .build());
    }
    // end::main[]

    private record ShelfImporter(String origin, String type, String root, ShelfConfig config) implements Importer {

        private static final String TRACE = """
                org.example.AccessControlException: Permission denied: user=joe
                \tat org.example.Server.check(Server.java:506)
                \t... 12 more
                Caused by: org.example.NoTicketException: no ticket
                \tat org.example.Tickets.find(Tickets.java:7)
                """;

        ShelfImporter(ConnectorContext context, ShelfConfig config) throws IOException, InterruptedException {
            this(config.location().host(), context.proto(), "/", config);
            switch (config.location().path()) {
                case "/full-disk" -> fillDisk();
                case "/missing-file" -> Files.size(Path.of("/nonexistent/certificates.pem"));
                case "/two-phase" -> throw new UnsupportedOperationException("shelves of version 1 cannot be read");
                case "/bug" -> Map.of().get(null);
                case "/number" -> Integer.parseInt(config.accessPassword().reveal());
                case "/cause" -> throw new IOException("cannot read the catalogue /var/lib/shelf.db",
                        new IOException("file is not a database"));
                case "/trace" -> throw new IOException("cannot list the shelf", new IOException(TRACE));
                case "/client" -> ask();
                case "/retried" -> Retry.attempts(8).call("list the shelf", this::ask);
                case "/exit" -> System.exit(3);
                case "/memory" -> eatMemory();
                case "/thread" -> dieOnAThread();
                case "/dump", "/crash" -> signal(config.location().path().equals("/dump") ? "QUIT" : "SEGV");
                case "/log" -> log();
                case "/later", "/stuck" -> {
                    // Only the steps of the doctor visit it.
                }
                default -> visit();
            }
        }

        // tag::errors[]
        private void visit() throws IOException {
            String place = config.location().toString();
            HttpURLConnection connection = open("http" + place.substring("shelf".length()));
            switch (connection.getResponseCode()) {
                case 200 -> {
                }
                case 401 -> throw new ConnectorException(ErrorKind.AUTHENTICATION,
                        "cannot log in to " + place + " as " + config.accessName() + ": " + reason(connection))
                        .hint("check the setting access_password");
                case 403 -> throw new ConnectorException(ErrorKind.PERMISSION,
                        "cannot list " + place + ": " + config.accessName() + " must not do that");
                case 404 -> throw new ConnectorException(ErrorKind.NOT_FOUND, "there is nothing at " + place);
                default -> throw new IOException("cannot list " + place + ": " + reason(connection));
            }
        }
        // end::errors[]

        // tag::diagnosis[]
        @Override
        public List<DiagnosisStep> diagnosis() {
            return List.of(DiagnosisStep.of("name", () -> InetAddress.getByName(config.location().host())),
                    DiagnosisStep.of("connection", this::connect),
                    DiagnosisStep.of("authentication", this::visit));
        }

        private void connect() throws IOException {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(config.location().host(), config.location().port()),
                        (int) config.timeout().toMillis());
            }
        }
        // end::diagnosis[]

        private HttpURLConnection open(String address) throws IOException {
            HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setConnectTimeout((int) config.timeout().toMillis());
            connection.setReadTimeout((int) config.timeout().toMillis());
            String login = config.accessName() + ":" + config.accessPassword().reveal();
            connection.setRequestProperty("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
            return connection;
        }

        private static String reason(HttpURLConnection connection) {
            String challenge = connection.getHeaderField("WWW-Authenticate");
            return challenge != null && challenge.contains("invalid_token")
                    ? "the token has expired"
                    : "wrong password";
        }

        private int ask() throws IOException, InterruptedException {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(HttpRequest.newBuilder(URI.create("http://" + config.location().host() + ":"
                        + config.location().port() + "/")).build(), BodyHandlers.discarding()).statusCode();
            }
        }

        private static void fillDisk() throws IOException {
            try (FileOutputStream full = new FileOutputStream("/dev/full")) {
                full.write(1);
            }
        }

        private static void eatMemory() {
            Object[] chain = {};
            while (chain.length < 3) {
                chain = new Object[]{ chain, new byte[1 << 20] };
            }
        }

        private void dieOnAThread() throws InterruptedException {
            Thread thread = Thread.ofPlatform().name("doomed").start(() -> {
                throw new IllegalStateException("no shelf takes " + config.accessPassword().reveal());
            });
            thread.join();
            throw new IllegalStateException("no shelf takes " + config.accessPassword().reveal());
        }

        private static void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + ProcessHandle.current().pid()).start()
                    .waitFor();
        }

        private void log() {
            String careless = "the password is " + config.accessPassword().reveal();
            IOException cause = new IOException(careless);
            for (System.Logger.Level level : System.Logger.Level.values()) {
                System.getLogger(LOGGER).log(level, careless + " and the settings are " + config, cause);
            }
            java.util.logging.Logger.getLogger(LOGGER).log(java.util.logging.Level.WARNING, "by way of JUL", cause);
            org.slf4j.LoggerFactory.getLogger(LOGGER).warn("by way of SLF4J: {}", careless);
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            Content unreadable = () -> {
                System.getLogger(LOGGER).log(System.Logger.Level.WARNING, "slow today");
                throw new IOException("the shelf refuses " + config.accessPassword().reveal());
            };
            records.emit(FileRecord.file("/book", 5, Instant.EPOCH, unreadable));
        }
    }
}
