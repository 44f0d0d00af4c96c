package dev.kloset.jdbc.servers;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.testkit.fixtures.ReservedPorts;
import dev.kloset.testkit.fixtures.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A MariaDB server of Debian's package {@code mariadb-server}, with the user {@code root} without a password. A shell watches its
 * standard input, which ends with the process of the tests, and ends the server then.
 */
public final class MariaDbServer implements AutoCloseable {

    private static final Path INSTALL = Path.of("/usr/bin/mariadb-install-db");
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final String WATCH = "\"$@\" < /dev/null & server=$!; read _; kill $server; wait $server";

    private final Path directory;
    private final ReservedPorts ports;
    private final ServerProcess process;

    private MariaDbServer(Path directory, ReservedPorts ports, ServerProcess process) {
        this.directory = directory;
        this.ports = ports;
        this.process = process;
    }

    /** {@return a server that answers} Without the package the test is skipped, or fails with {@code -Dservers.required=true}. */
    public static MariaDbServer start(String... options) throws IOException, InterruptedException {
        if (!Files.isExecutable(SERVER) || !Files.isExecutable(INSTALL)) {
            String missing = "this test needs MariaDB: apt-get install mariadb-server";
            assumeTrue(!Boolean.getBoolean("servers.required") || (boolean) fail(missing), missing);
        }
        Path directory = Files.createTempDirectory("kloset-mariadb-");
        List<String> unprivileged = unprivileged(directory);
        install(directory, unprivileged);
        ReservedPorts ports = ReservedPorts.reserve(1);
        List<String> command = new ArrayList<>(List.of("sh", "-c", WATCH, "sh"));
        command.addAll(unprivileged);
        command.addAll(List.of(SERVER.toString(), "--no-defaults", "--datadir=" + directory.resolve("data"),
                "--socket=" + directory.resolve("s"), "--tmpdir=" + directory.resolve("data"),
                "--bind-address=127.0.0.1", "--port=" + ports.port(0),
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=64M", "--innodb-flush-log-at-trx-commit=0", "--character-set-server=utf8mb4",
                "--lower-case-table-names=0"));
        command.addAll(List.of(options));
        ServerProcess process = ServerProcess.start("MariaDB",
                new ProcessBuilder(command).redirectErrorStream(true));
        process.await("ready for connections");
        process.dropOutput();
        return new MariaDbServer(directory, ports, process);
    }

    /** A server refuses to run as root, and its directory must be its user's own. */
    private static List<String> unprivileged(Path directory) throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        run(List.of("chown", "mysql", directory.toString()));
        return List.of("setpriv", "--reuid=mysql", "--regid=mysql", "--clear-groups");
    }

    private static void install(Path directory, List<String> unprivileged) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(unprivileged);
        command.addAll(
                List.of(INSTALL.toString(), "--no-defaults", "--datadir=" + directory.resolve("data"), "--skip-test-db",
                        "--auth-root-authentication-method=normal", "--skip-name-resolve"));
        run(command);
    }

    /** Run a program. {@return what it said} */
    public static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + " failed: " + output);
        }
        return output;
    }

    public int port() {
        return ports.port(0);
    }

    /** {@return the URL of a database} An empty name stands for none. */
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database;
    }

    /** {@return settings of the connector} */
    public Map<String, String> settings(String database, String... more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("location", url(database), "username", "root", "properties", "sslMode=disable"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** {@return a connection of the administrator} */
    public Connection connect(String database) throws SQLException {
        return connect(database, "root", "");
    }

    public Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager
                .getConnection(url(database) + "?sslMode=disable&allowLocalInfile=true&user=" + user + "&password="
                        + password);
    }

    /** Run statements of the administrator. */
    public void run(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Make databases. */
    public void create(String... databases) throws SQLException {
        for (String database : databases) {
            run("", "CREATE DATABASE `" + database + "`");
        }
    }

    /** {@return the first value of a query's first row, as text} */
    public String value(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    /** {@return the lines of {@code mariadb-dump}, with routines, triggers and events, and without dates} */
    public List<String> dump(String database, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("mariadb-dump", "--no-defaults", "--protocol=tcp", "--host=127.0.0.1",
                        "--port=" + port(), "--user=root", "--routines", "--triggers", "--events", "--skip-dump-date"));
        command.addAll(List.of(options));
        command.add(database);
        return run(command).replace("`" + database + "`", "`DB`")
                .replace("database '" + database + "'", "database 'DB'")
                .replaceAll("Host: .*", "")
                .lines()
                .toList();
    }

    @Override
    public void close() throws IOException {
        process.close();
        ports.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }
}
