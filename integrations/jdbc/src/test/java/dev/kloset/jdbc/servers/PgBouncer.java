package dev.kloset.jdbc.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PgBouncer before a server, which gives each transaction any of its sessions. It ends like {@link PostgresServer}. */
public final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    /** Arguments: program, directory. */
    private static final String WATCH = """
            trap : HUP INT TERM
            "$1" "$2/ini" 2>&1 &
            pid=$!
            cat > /dev/null
            kill -TERM $pid
            wait $pid
            rm -rf "$2"
            """;

    private final Process watcher;
    private final int port;

    private PgBouncer(Process watcher, int port) {
        this.watcher = watcher;
        this.port = port;
    }

    /** {@return a running pooler} Without its program the test is skipped, or fails if {@code servers.required} is true. */
    public static PgBouncer before(PostgresServer server) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM) || Boolean.getBoolean("servers.required"),
                "PgBouncer is not installed: apt-get install pgbouncer");
        int port = PostgresServer.freePort();
        Path directory = Files.createTempDirectory("kloset-pgbouncer");
        Files.writeString(directory.resolve("ini"), """
                [databases]
                * = host=127.0.0.1 port=%d user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                """.formatted(server.port(), port));
        List<String> command = new ArrayList<>(PostgresServer.unprivileged(directory));
        command.addAll(List.of("sh", "-c", WATCH, "watch", PROGRAM.toString(), directory.toString()));
        Process watcher = new ProcessBuilder(command).start();
        awaitStart(watcher.inputReader(UTF_8));
        return new PgBouncer(watcher, port);
    }

    private static void awaitStart(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains("process up")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("PgBouncer did not start");
        }
        Thread.ofVirtual().name("pgbouncer").start(() -> lines.lines().forEach(_ -> {}));
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() throws IOException {
        watcher.getOutputStream().close();
        try {
            if (!watcher.waitFor(10, TimeUnit.MINUTES)) {
                throw new IOException("PgBouncer does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
