package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.Figures;
import dev.kloset.benchmarks.measure.Kept;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Timed;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Backs up a database of pgbench through Plakar: with the plugin {@code jdbc}, and by {@code pg_dump} into a directory that Plakar's
 * own connector backs up. The processor time is that of all programs but the server.
 */
public final class DatabaseJob {

    private static final String OURS = "jdbc";
    private static final String RIVAL = "pg_dump -Fd -Z0 -j2, Plakar's fs";
    private static final String SOURCE = "bench";
    private static final String TARGET = "restored";
    private static final int ROWS_A_SCALE = 100_000;

    private final Plakar plakar;
    private final Path directory;
    private final int scale;
    private final Figures figures = new Figures();

    /** One way to back up a database and to restore it. */
    private interface Way {

        Timed backup(Path work) throws IOException, InterruptedException;

        Timed restore(Path work) throws IOException, InterruptedException;
    }

    /**
     * @param directory for repositories and dumps, which are deleted afterwards
     * @param scale the scale of pgbench: so many times 100,000 rows
     */
    public DatabaseJob(Plakar plakar, Path directory, int scale) {
        this.plakar = plakar;
        this.directory = directory;
        this.scale = scale;
    }

    /**
     * {@return the results, empty without a PostgreSQL server on this machine}
     *
     * @param kept keeps the results of all runs so far after each of them
     */
    public List<Result> run(int runs, Kept kept) throws IOException, InterruptedException {
        var programs = PostgresServer.programs();
        if (programs.isEmpty()) {
            return List.of();
        }
        try (PostgresServer server = PostgresServer.start(programs.get())) {
            server.run("createdb", SOURCE);
            server.run("pgbench", "-q", "-i", "-s", Integer.toString(scale), SOURCE);
            Map<String, Way> ways = Map.of(OURS, ours(server), RIVAL, rival(server));
            for (int run = 0; run < runs; run++) {
                once(server, ways);
                kept.keep(figures.results());
            }
        }
        return figures.results();
    }

    private void once(PostgresServer server, Map<String, Way> ways) throws IOException, InterruptedException {
        Path works = Files.createTempDirectory(directory, "database");
        try {
            for (String who : List.of(OURS, RIVAL)) {
                Path work = Files.createDirectory(works.resolve(who.substring(0, 4)));
                plakar.run("at", repository(work), "create", "-plaintext");
                took("first backup", who, way(ways, who).backup(work));
                add("first backup", who, "MB in the repository", size(work) / 1e6);
            }
            server.sql(SOURCE,
                    "UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid IN (SELECT 1 + (random() * "
                            + (scale * ROWS_A_SCALE - 1) + ")::int FROM generate_series(1, "
                            + scale * ROWS_A_SCALE / 1000
                            + "))");
            for (String who : List.of(OURS, RIVAL)) {
                Path work = works.resolve(who.substring(0, 4));
                long before = size(work);
                took("backup after 0.1 % random updates", who, way(ways, who).backup(work));
                add("backup after 0.1 % random updates", who, "MB more in the repository", (size(work) - before) / 1e6);
                server.run("createdb", TARGET);
                took("restore", who, way(ways, who).restore(work));
                server.run("dropdb", TARGET);
            }
        } finally {
            Trees.delete(works);
        }
    }

    private static Way way(Map<String, Way> ways, String who) {
        Way way = ways.get(who);
        if (way == null) {
            throw new IllegalArgumentException(who);
        }
        return way;
    }

    private Way ours(PostgresServer server) {
        return new Way() {
            @Override
            public Timed backup(Path work) throws IOException, InterruptedException {
                return plakar.run("at", repository(work), "backup", server.location(SOURCE));
            }

            @Override
            public Timed restore(Path work) throws IOException, InterruptedException {
                return plakar.run("at", repository(work), "restore", "-to", server.location(TARGET));
            }
        };
    }

    private Way rival(PostgresServer server) {
        return new Way() {
            @Override
            public Timed backup(Path work) throws IOException, InterruptedException {
                Path dump = work.resolve("dump");
                if (Files.exists(dump)) {
                    Trees.delete(dump);
                }
                Timed dumped = server.run("pg_dump", "-Fd", "-Z0", "-j2", "-f", dump.toString(), SOURCE);
                return dumped.plus(plakar.run("at", repository(work), "backup", "fs://" + dump));
            }

            @Override
            public Timed restore(Path work) throws IOException, InterruptedException {
                Path restored = work.resolve("restored");
                Timed files = plakar.run("at", repository(work), "restore", "-to", "fs://" + restored);
                return files.plus(server.run("pg_restore", "-j2", "-d", TARGET, restored.toString()));
            }
        };
    }

    private static String repository(Path work) {
        return "fs://" + work.resolve("repository");
    }

    private static long size(Path work) throws IOException {
        return Trees.bytes(work.resolve("repository"));
    }

    private void took(String what, String who, Timed timed) {
        add(what, who, "s", timed.seconds());
        add(what, who, "processor s without the server", timed.processorSeconds());
    }

    private void add(String what, String who, String quantity, double value) {
        figures.add("database of pgbench, scale " + scale + ", " + what, who, quantity, value);
    }
}
