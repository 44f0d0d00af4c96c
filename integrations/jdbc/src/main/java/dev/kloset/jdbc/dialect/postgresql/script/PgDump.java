package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.dialect.postgresql.point.PostgreSqlPoint;
import dev.kloset.jdbc.dialect.postgresql.point.Server;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program pg_dump, which knows every kind of object, in the snapshot of a point. */
final class PgDump {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int MOST_OF_ERRORS = 1 << 16;
    private static final int SECONDS_FOR_VERSION = 60;

    private final Path program;

    private PgDump(Path program) {
        this.program = program;
    }

    /** {@return the program of the server's version, else one that is newer: older ones refuse} */
    static Optional<PgDump> find(Server server) throws IOException, InterruptedException {
        Optional<Path> newer = Optional.empty();
        for (Path program : candidates(server)) {
            int major = major(program);
            if (major == server.major()) {
                return Optional.of(new PgDump(program));
            }
            newer = newer.isEmpty() && major > server.major() ? Optional.of(program) : newer;
        }
        return newer.map(PgDump::new);
    }

    /** On the PATH, and where Debian and Red Hat put the programs of each version. */
    private static List<Path> candidates(Server server) {
        List<Path> directories = new ArrayList<>();
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(Objects.requireNonNullElse(System.getenv("PATH"), ""))
                .map(Path::of)
                .forEach(directories::add);
        directories.add(Path.of("/usr/lib/postgresql/" + server.major() + "/bin"));
        directories.add(Path.of("/usr/pgsql-" + server.major() + "/bin"));
        return directories.stream().map(directory -> directory.resolve("pg_dump")).filter(Files::isExecutable).toList();
    }

    private static int major(Path program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            Matcher version = VERSION.matcher(new String(out.readNBytes(MOST_OF_ERRORS), StandardCharsets.UTF_8));
            return process.waitFor(SECONDS_FOR_VERSION, TimeUnit.SECONDS) && version.find()
                    ? Integer.parseInt(version.group(1))
                    : 0;
        } finally {
            process.destroyForcibly();
        }
    }

    /** {@return the script of a section, {@code pre-data} or {@code post-data}} */
    String section(PostgreSqlPoint point, String section) throws IOException, SQLException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--schema-only", "--section=" + section,
                "--encoding=UTF8", "--no-password", "--lock-wait-timeout=" + point.lockTimeout().toMillis()));
        if (point.snapshot() != null) {
            command.add("--snapshot=" + point.snapshot());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(environment(point));
        Process process = builder.start();
        try {
            return output(process);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The pipes are read on threads of their own, so that this one can be interrupted. */
    private static String output(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        FutureTask<String> errors = reading("errors", () -> tail(process.getErrorStream()));
        FutureTask<String> script = reading("script",
                () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        if (process.waitFor() != 0) {
            throw new ConnectorException(ErrorKind.OTHER,
                    "pg_dump failed: " + reason(read(errors)) + "; the setting ddl=catalog does without it");
        }
        return read(script);
    }

    private static FutureTask<String> reading(String what, Callable<String> reading) {
        FutureTask<String> task = new FutureTask<>(reading);
        Thread.ofVirtual().name("kloset-pg_dump-" + what).start(task);
        return task;
    }

    private static String read(FutureTask<String> task) throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException("cannot read what pg_dump writes", e.getCause());
        }
    }

    /** {@return the first line about an error: later ones are about its consequences} */
    private static String reason(String errors) {
        return errors.lines()
                .filter(line -> line.contains("error: "))
                .findFirst()
                .map(line -> line.substring(line.indexOf("error: ") + "error: ".length())
                        .replaceFirst("^(query failed: )?ERROR: +", ""))
                .orElse("it says nothing about the reason");
    }

    private static String tail(InputStream errors) throws IOException {
        String text = new String(errors.readNBytes(MOST_OF_ERRORS), StandardCharsets.UTF_8);
        errors.transferTo(OutputStream.nullOutputStream());
        return text;
    }

    /** The password is in the environment, which other users cannot see, and not among the arguments. */
    private static Map<String, String> environment(PostgreSqlPoint point) throws SQLException {
        Map<String, String> properties = new LoginProperties(point).properties();
        Map<String, String> environment = new TreeMap<>();
        LoginProperties.VARIABLES.forEach((property, variable) -> {
            String value = properties.get(property);
            if (value != null && !value.isEmpty()) {
                environment.put(variable, value);
            }
        });
        environment.put("PGCONNECT_TIMEOUT", "30");
        environment.put("PGAPPNAME", "kloset");
        environment.put("PGTZ", "UTC");
        return environment;
    }
}
