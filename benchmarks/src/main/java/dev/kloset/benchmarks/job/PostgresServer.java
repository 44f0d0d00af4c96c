package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.LoopbackPort;
import dev.kloset.benchmarks.measure.Timed;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server on loopback with its own empty database, until it is closed. It trusts every local user. */
final class PostgresServer implements AutoCloseable {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String SUPERUSER = "postgres";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path programs;
    private final Path directory;
    private final int port;
    private final Process process;

    private PostgresServer(Path programs, Path directory, int port, Process process) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** {@return the directory of the server's programs, as Debian installs them} */
    static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(VERSIONS)) {
            for (Path version : versions) {
                if (Files.isExecutable(version.resolve("bin/postgres"))) {
                    return Optional.of(version.resolve("bin"));
                }
            }
        }
        return Optional.empty();
    }

    static PostgresServer start(Path programs) throws IOException, InterruptedException {
        // Not below the data of this run: the server's user may not be able to reach that.
        Path directory = Files.createTempDirectory("kloset-postgres",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        if (isRoot()) {
            Timed.run(List.of("chown", SUPERUSER, directory.toString()), Map.of(), directory);
        }
        int port = LoopbackPort.free();
        run(directory, asServer(List.of(programs.resolve("initdb").toString(), "-D", directory + "/data", "-A", "trust",
                "-U", SUPERUSER)));
        Process process = new ProcessBuilder(asServer(List.of(programs.resolve("postgres").toString(), "-D",
                directory + "/data", "-p", Integer.toString(port), "-k", directory.toString(), "-h", "127.0.0.1", "-c",
                "max_wal_size=4GB")))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PostgresServer server = new PostgresServer(programs, directory, port, process);
        server.awaitReady();
        return server;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** {@return the command, run by an ordinary user, as PostgreSQL demands, and ended with this process} */
    private static List<String> asServer(List<String> command) {
        List<String> all = new ArrayList<>(List.of("setpriv", "--pdeathsig", "INT"));
        if (isRoot()) {
            all.addAll(List.of("--reuid", SUPERUSER, "--regid", SUPERUSER, "--clear-groups"));
        }
        all.addAll(command);
        return all;
    }

    private static void run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolveSibling(directory.getFileName() + ".log");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (new ProcessBuilder(program("pg_isready")).start().waitFor() != 0) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException("PostgreSQL does not start: " + Files.readString(directory.resolve("log")));
            }
            Thread.sleep(50);
        }
    }

    /** {@return the location of one of its databases for the plugin {@code jdbc}} */
    String location(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + SUPERUSER;
    }

    /** {@return the command line of one of PostgreSQL's programs that connects to this server} */
    List<String> program(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(programs.resolve(name).toString(), "-h", "127.0.0.1", "-p",
                Integer.toString(port), "-U", SUPERUSER));
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@return the cost of the program, without that of the server} */
    Timed run(String program, String... arguments) throws IOException, InterruptedException {
        return Timed.run(program(program, arguments), Map.of(), directory);
    }

    void sql(String database, String statement) throws IOException, InterruptedException {
        run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement);
    }

    @Override
    public void close() throws IOException {
        // A fast shutdown: after SIGTERM it would wait for its clients.
        if (process.isAlive()) {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        }
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Trees.delete(directory);
    }
}
