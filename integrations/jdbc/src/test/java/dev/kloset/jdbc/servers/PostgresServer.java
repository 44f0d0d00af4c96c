package dev.kloset.jdbc.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.jdbc.dialect.Connections;
import dev.kloset.jdbc.dialect.postgresql.PostgreSqlDialect;
import dev.kloset.testkit.fixtures.ReservedPorts;
import dev.kloset.testkit.fixtures.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A server of PostgreSQL on a free port of loopback, in a directory of its own. A shell watches it and ends it, and removes the
 * directory, as soon as the test's end of a pipe is closed: by {@link #close}, or because the test was killed, with all processes of its group or alone.
 *
 * <p>The user {@code postgres} may do everything. {@code with_password} must give the password {@code kloset-7!}, and
 * {@code tls_only} gets in with TLS alone, which the server does not have.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String PASSWORD = "kloset-7!";

    /** Arguments: programs, directory, port. The server asks for nothing on its standard input, so it is the watcher's. */
    private static final String WATCH = """
            set -e
            trap : HUP INT TERM
            trap '"$1/pg_ctl" -D "$2/data" -m immediate stop > /dev/null 2>&1; rm -rf "$2"' EXIT
            "$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync > "$2/initdb.log" 2>&1
            cp "$2/hba" "$2/data/pg_hba.conf"
            "$1/pg_ctl" -w -t 600 -D "$2/data" -l "$2/server.log" -o "-p $3 -h 127.0.0.1 -c fsync=off -c max_connections=60 \
                -c unix_socket_directories= -c shared_buffers=32MB -c max_prepared_transactions=2 -c wal_level=logical" start > "$2/start.log" 2>&1
            echo ready
            while read -r what; do
                "$1/pg_ctl" -w -t 600 -D "$2/data" -l "$2/server.log" -m immediate "$what" > "$2/$what.log" 2>&1 < /dev/null
                echo "$what"
            done
            """;

    private static final String HBA = """
            host all with_password 127.0.0.1/32 scram-sha-256
            host all tls_only 127.0.0.1/32 reject
            host all all 127.0.0.1/32 trust
            host replication all 127.0.0.1/32 trust
            """;

    private final ServerProcess watcher;
    private final ReservedPorts ports;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(ServerProcess watcher, ReservedPorts ports) {
        this.watcher = watcher;
        this.ports = ports;
    }

    /** {@return a running server} Without its programs the test is skipped, or fails if {@code servers.required} is true. */
    public static PostgresServer start() throws IOException {
        Optional<Path> programs = programs();
        assumeTrue(programs.isPresent() || Boolean.getBoolean("servers.required"),
                "PostgreSQL is not installed: apt-get install postgresql-15, or another version");
        return start(programs.orElseThrow());
    }

    /** {@return the directory of the server's programs: that of {@code postgres.programs}, or of the newest version} */
    public static Optional<Path> programs() {
        String chosen = System.getProperty("postgres.programs");
        if (chosen != null) {
            return Optional.of(Path.of(chosen));
        }
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions
                    .filter(version -> Files.isExecutable(version.resolve("bin").resolve("initdb")))
                    .max(Comparator.comparingInt(
                            version -> Integer.parseInt(Objects.requireNonNull(version.getFileName()).toString())))
                    .map(version -> version.resolve("bin"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static PostgresServer start(Path programs) throws IOException {
        ReservedPorts ports = ReservedPorts.reserve(1);
        Path directory = Files.createTempDirectory("kloset-postgres");
        Files.writeString(directory.resolve("hba"), HBA);
        List<String> command = unprivileged(directory);
        command.addAll(
                List.of("sh", "-c", WATCH, "watch", programs.toString(), directory.toString(),
                        Integer.toString(ports.port(0))));
        ServerProcess watcher = ServerProcess.start("PostgreSQL",
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
        watcher.await("ready");
        return new PostgresServer(watcher, ports);
    }

    /** PostgreSQL refuses to run as root. */
    static List<String> unprivileged(Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            String user = "postgres";
            try (Stream<Path> files = Files.walk(directory)) {
                var owner = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
                for (Path file : files.toList()) {
                    Files.setOwner(file, owner);
                }
            } catch (UserPrincipalNotFoundException e) {
                throw new IOException("there is no user postgres to run the server as", e);
            }
            command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--"));
        }
        return command;
    }

    public int port() {
        return ports.port(0);
    }

    /** {@return the name of a new database without tables} */
    public String newDatabase() throws SQLException {
        String name = "test" + databases.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return name;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    public Connection connect(String database) throws SQLException {
        return connect(database, "postgres");
    }

    public Connection connect(String database, String user) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(login(user));
        properties.putAll(new PostgreSqlDialect().driverProperties());
        return DriverManager.getConnection(url(database), properties);
    }

    public Connections connections(String database) {
        return connections(database, "postgres");
    }

    public Connections connections(String database, String user) {
        return new Connections() {
            @Override
            public Connection open() throws SQLException {
                return connect(database, user);
            }

            @Override
            public Map<String, String> login() {
                return PostgresServer.this.login(user);
            }
        };
    }

    private Map<String, String> login(String user) {
        return user.equals("with_password") ? Map.of("user", user, "password", PASSWORD) : Map.of("user", user);
    }

    public void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Stop it in the middle of everything, as a crash does, and start it. */
    public void restart() throws IOException {
        watcher.command("restart", "restart");
    }

    @Override
    public void close() {
        watcher.close();
        ports.close();
    }
}
