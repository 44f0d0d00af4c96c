package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.InterleavedRuns;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Timed;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores one table of two hundred through Plakar: the directory of the table with the plugin {@code jdbc}, and with {@code
 * pg_restore} out of a dump, which has to be restored as a whole before.
 */
public final class OneTableJob {

    private static final int TABLES = 200;
    private static final String WANTED = "t117";
    private static final String SOURCE = "many";
    private static final String TARGET = "restored";

    private final Plakar plakar;
    private final Path directory;
    private final int rows;

    /**
     * @param directory for repositories and dumps, which are deleted afterwards
     * @param rows how many rows of some 100 bytes each table has
     */
    public OneTableJob(Plakar plakar, Path directory, int rows) {
        this.plakar = plakar;
        this.directory = directory;
        this.rows = rows;
    }

    /** {@return the results, empty without a PostgreSQL server on this machine} */
    public List<Result> run(int runs) throws IOException, InterruptedException {
        var programs = PostgresServer.programs();
        if (programs.isEmpty()) {
            return List.of();
        }
        Path work = Files.createTempDirectory(directory, "tables");
        List<Result> results = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start(programs.get())) {
            make(server);
            backUp(server, work);
            InterleavedRuns<Timed> restores = new InterleavedRuns<>();
            for (int run = 0; run < runs; run++) {
                restores.add("jdbc", into(server, () -> ours(server, work)));
                restores.add("pg_dump -Fd -Z0 -j2, Plakar's fs", into(server, () -> rival(server, work)));
            }
            String name = String.format("database of %d tables, restore of one with %,d rows", TABLES, rows);
            restores.report(results, name, "s", Timed::seconds);
            restores.report(results, name, "processor s without the server", Timed::processorSeconds);
        } finally {
            Trees.delete(work);
        }
        return results;
    }

    private void make(PostgresServer server) throws IOException, InterruptedException {
        server.run("createdb", SOURCE);
        server.sql(SOURCE, """
                DO $$ BEGIN FOR i IN 1..%d LOOP
                    EXECUTE format('CREATE TABLE t%%s (id int PRIMARY KEY, v text)', i);
                    EXECUTE format('INSERT INTO t%%s SELECT n, repeat(md5((n * %%s)::text), 3)
                        FROM generate_series(1, %d) n', i, i);
                END LOOP; END $$""".formatted(TABLES, rows));
        server.sql(SOURCE, "ANALYZE");
    }

    private void backUp(PostgresServer server, Path work) throws IOException, InterruptedException {
        plakar.run("at", repository(work, "jdbc"), "create", "-plaintext");
        plakar.run("at", repository(work, "jdbc"), "backup", server.location(SOURCE));
        Path dump = work.resolve("dump");
        server.run("pg_dump", "-Fd", "-Z0", "-j2", "-f", dump.toString(), SOURCE);
        plakar.run("at", repository(work, "dump"), "create", "-plaintext");
        plakar.run("at", repository(work, "dump"), "backup", "fs://" + dump);
    }

    /** Restores into an empty database. */
    private interface Restore {

        Timed run() throws IOException, InterruptedException;
    }

    private static Timed into(PostgresServer server, Restore restore) throws IOException, InterruptedException {
        server.run("createdb", TARGET);
        Timed took = restore.run();
        server.run("dropdb", TARGET);
        return took;
    }

    private Timed ours(PostgresServer server, Path work) throws IOException, InterruptedException {
        return plakar.run("at", repository(work, "jdbc"), "restore", "-to", server.location(TARGET),
                ":/20-tables/public/" + WANTED);
    }

    private Timed rival(PostgresServer server, Path work) throws IOException, InterruptedException {
        Path restored = work.resolve("restored");
        try {
            Timed files = plakar.run("at", repository(work, "dump"), "restore", "-to", "fs://" + restored);
            return files.plus(server.run("pg_restore", "-t", WANTED, "-d", TARGET, restored.toString()));
        } finally {
            Trees.delete(restored);
        }
    }

    private static String repository(Path work, String name) {
        return "fs://" + work.resolve("repository-" + name);
    }
}
