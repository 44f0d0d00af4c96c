package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.InterleavedRuns;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Timed;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what a user of Plakar waits for: the same commands through every candidate's connectors in turn. */
public final class PlakarJob {

    private final Plakar plakar;
    private final Path directory;
    private final Map<String, InterleavedRuns<Timed>> commands = new LinkedHashMap<>();

    /**
     * @param directory where to make repositories and restored trees, which are deleted afterwards
     */
    public PlakarJob(Plakar plakar, Path directory) {
        this.plakar = plakar;
        this.directory = directory;
    }

    /** {@return the cost of backups and restores of {@code tree}} The connector inside Plakar keeps the repository. */
    public List<Result> sources(List<Candidate> candidates, Path tree, String what, int runs)
            throws IOException, InterruptedException {
        return inTurn(candidates, runs, (candidate, work) -> source(candidate, tree, what, work));
    }

    /** {@return the cost of commands on a repository that each candidate's store keeps in turn} */
    public List<Result> stores(List<Candidate> candidates, Path tree, String what, int runs)
            throws IOException, InterruptedException {
        return inTurn(candidates, runs, (candidate, work) -> store(candidate, tree, what, work));
    }

    /** {@return the cost of a first backup of {@code count} files, and of further backups after so many of them had changed} */
    public List<Result> increments(List<Candidate> candidates, Path tree, int count, List<Integer> changes, int runs)
            throws IOException, InterruptedException {
        return inTurn(candidates, runs, (candidate, work) -> {
            String repository = "fs://" + work.resolve("repository");
            String source = candidate.protocol() + "://" + tree;
            plakar.run("at", repository, "create", "-plaintext");
            took(candidate.name(), String.format("plakar backup, first of %,d small files", count), "at", repository,
                    "backup", source);
            for (int changed : changes) {
                Trees.change(tree, count, changed);
                took(candidate.name(), String.format("plakar backup, %,d of %,d small files changed", changed, count),
                        "at", repository, "backup", source);
            }
        });
    }

    /** Runs all commands with one candidate, in a new directory. */
    private interface Commands {
        void by(Candidate candidate, Path work) throws IOException, InterruptedException;
    }

    private List<Result> inTurn(List<Candidate> candidates, int runs, Commands commandsOf)
            throws IOException, InterruptedException {
        for (int run = 0; run < runs; run++) {
            for (Candidate candidate : candidates) {
                Path work = Files.createTempDirectory(directory, "plakar");
                try {
                    commandsOf.by(candidate, work);
                } finally {
                    Trees.delete(work);
                }
            }
        }
        return results();
    }

    private void source(Candidate candidate, Path tree, String what, Path work)
            throws IOException, InterruptedException {
        String who = candidate.name();
        String repository = "fs://" + work.resolve("repository");
        String source = candidate.protocol() + "://" + tree;
        plakar.run("at", repository, "create", "-plaintext");
        took(who, "plakar backup, " + what, "at", repository, "backup", source);
        took(who, "plakar backup, nothing changed, " + what, "at", repository, "backup", source);
        took(who, "plakar restore, " + what, "at", repository, "restore", "-to",
                candidate.protocol() + "://" + work.resolve("restored"));
    }

    private void store(Candidate candidate, Path tree, String what, Path work)
            throws IOException, InterruptedException {
        String who = candidate.name();
        String repository = candidate.protocol() + "://" + work.resolve("repository");
        plakar.run("at", repository, "create", "-plaintext");
        took(who, "plakar backup into this store, " + what, "at", repository, "backup", "fs://" + tree);
        took(who, "plakar ls on this store", "at", repository, "ls");
        took(who, "plakar check on this store, " + what, "at", repository, "check");
        took(who, "plakar restore from this store, " + what, "at", repository, "restore", "-to",
                "fs://" + work.resolve("restored"));
        forgetLocks(work.resolve("repository/locks"));
        took(who, "plakar maintenance on this store", "at", repository, "maintenance");
    }

    /**
     * Delete the locks that Plakar left behind. Plakar deletes its lock while it ends, but does not wait for that, and
     * maintenance refuses to run while a lock exists.
     */
    private static void forgetLocks(Path locks) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(locks)) {
            for (Path lock : left) {
                Files.deleteIfExists(lock);
            }
        }
    }

    private void took(String who, String name, String... arguments) throws IOException, InterruptedException {
        commands.computeIfAbsent(name, key -> new InterleavedRuns<>()).add(who, plakar.run(arguments));
    }

    private List<Result> results() {
        List<Result> results = new ArrayList<>();
        commands.forEach((name, interleaved) -> {
            interleaved.report(results, name, "s", Timed::seconds);
            interleaved.report(results, name, "processor s of all", Timed::processorSeconds);
        });
        commands.clear();
        return results;
    }
}
