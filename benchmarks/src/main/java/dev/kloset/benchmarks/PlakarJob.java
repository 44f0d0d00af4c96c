package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a user of Plakar waits for: the same commands through everybody's connectors in turn. */
final class PlakarJob {

    private final Plakar plakar;
    private final Path directory;
    private final Map<String, Turns<Timed>> commands = new LinkedHashMap<>();

    /**
     * @param directory where repositories and restored trees are made, and deleted again
     */
    PlakarJob(Plakar plakar, Path directory) {
        this.plakar = plakar;
        this.directory = directory;
    }

    /** {@return what backups and restores of {@code tree} took} The repository is kept by the connector inside Plakar. */
    List<Result> sources(List<Contestant> contestants, Path tree, String what, int runs)
            throws IOException, InterruptedException {
        return inTurn(contestants, runs, (contestant, work) -> source(contestant, tree, what, work));
    }

    /** {@return what commands on a repository took that is kept by everybody's store} */
    List<Result> stores(List<Contestant> contestants, Path tree, String what, int runs)
            throws IOException, InterruptedException {
        return inTurn(contestants, runs, (contestant, work) -> store(contestant, tree, what, work));
    }

    /** All commands by one contestant, in a new directory. */
    private interface Commands {
        void by(Contestant contestant, Path work) throws IOException, InterruptedException;
    }

    private List<Result> inTurn(List<Contestant> contestants, int runs, Commands commandsOf)
            throws IOException, InterruptedException {
        for (int run = 0; run < runs; run++) {
            for (Contestant contestant : contestants) {
                Path work = Files.createTempDirectory(directory, "plakar");
                try {
                    commandsOf.by(contestant, work);
                } finally {
                    Trees.delete(work);
                }
            }
        }
        return results();
    }

    private void source(Contestant contestant, Path tree, String what, Path work)
            throws IOException, InterruptedException {
        String who = contestant.name();
        String repository = "fs://" + work.resolve("repository");
        String source = contestant.protocol() + "://" + tree;
        plakar.run("at", repository, "create", "-plaintext");
        took(who, "plakar backup, " + what, "at", repository, "backup", source);
        took(who, "plakar backup, nothing changed, " + what, "at", repository, "backup", source);
        took(who, "plakar restore, " + what, "at", repository, "restore", "-to",
                contestant.protocol() + "://" + work.resolve("restored"));
    }

    private void store(Contestant contestant, Path tree, String what, Path work)
            throws IOException, InterruptedException {
        String who = contestant.name();
        String repository = contestant.protocol() + "://" + work.resolve("repository");
        plakar.run("at", repository, "create", "-plaintext");
        took(who, "plakar backup into this store, " + what, "at", repository, "backup", "fs://" + tree);
        took(who, "plakar ls on this store", "at", repository, "ls");
        took(who, "plakar check on this store, " + what, "at", repository, "check");
        took(who, "plakar restore from this store, " + what, "at", repository, "restore", "-to",
                "fs://" + work.resolve("restored"));
        forgetLocks(work.resolve("repository/locks"));
        took(who, "plakar maintenance on this store", "at", repository, "maintenance");
    }

    /** Plakar deletes its lock while it ends, and does not wait for that; maintenance refuses what it left behind. */
    private static void forgetLocks(Path locks) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(locks)) {
            for (Path lock : left) {
                Files.deleteIfExists(lock);
            }
        }
    }

    private void took(String who, String name, String... arguments) throws IOException, InterruptedException {
        commands.computeIfAbsent(name, key -> new Turns<>()).add(who, plakar.run(arguments));
    }

    private List<Result> results() {
        List<Result> results = new ArrayList<>();
        commands.forEach((name, turns) -> {
            turns.report(results, name, "s", Timed::seconds);
            turns.report(results, name, "processor s of all", Timed::processorSeconds);
        });
        commands.clear();
        return results;
    }
}
