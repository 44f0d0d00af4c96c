package dev.kloset.jdbc.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.testkit.fixtures.ReservedPorts;
import dev.kloset.testkit.fixtures.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    private final ServerProcess watcher;
    private final ReservedPorts ports;

    private PgBouncer(ServerProcess watcher, ReservedPorts ports) {
        this.watcher = watcher;
        this.ports = ports;
    }

    /** {@return a running pooler} Without its program the test is skipped, or fails if {@code servers.required} is true. */
    public static PgBouncer before(PostgresServer server) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM) || Boolean.getBoolean("servers.required"),
                "PgBouncer is not installed: apt-get install pgbouncer");
        ReservedPorts ports = ReservedPorts.reserve(1);
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
                """.formatted(server.port(), ports.port(0)));
        List<String> command = new ArrayList<>(PostgresServer.unprivileged(directory));
        command.addAll(List.of("sh", "-c", WATCH, "watch", PROGRAM.toString(), directory.toString()));
        ServerProcess watcher = ServerProcess.start("PgBouncer", new ProcessBuilder(command));
        watcher.await("process up");
        watcher.dropOutput();
        return new PgBouncer(watcher, ports);
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + ports.port(0) + "/" + database;
    }

    @Override
    public void close() {
        watcher.close();
        ports.close();
    }
}
