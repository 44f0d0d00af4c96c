package dev.kloset.benchmarks.hadoop;

import dev.kloset.benchmarks.job.Plakar;
import dev.kloset.benchmarks.measure.Timed;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Several Plakars, each with a home of its own, back up trees of their own into one repository on HDFS at the same time. What each of
 * them costs the NameNode, and the others, is what {@link Calculation} goes on from.
 */
final class Workers implements AutoCloseable {

    static final String RATE = "repository on HDFS: backups by several workers at once";
    static final String COSTS = "repository on HDFS: what a worker costs";
    static final String ONE = "1 worker";
    static final String WORKER = "each";
    static final String CALLS_FOR_MB = "calls of the NameNode for 1 MB";
    static final String CALLS_FOR_BACKUP = "calls for a backup without changes";
    static final String CALLS_FOR_STATE = "calls for a state of another worker";
    static final String STATE_FOR_MB = "kB of states for 1 MB";
    static final String SECONDS_FOR_STATE = "ms to read 1 kB of states of others";

    private static final String STORE = "@bench-lake";
    private static final int AT_ONCE = 3;
    /** Runs a command in each home at the same time: the words are the program, the trees without their numbers, and homes. */
    private static final String SCRIPT = """
            program=$1 tree=$2; shift 2; number=1; pids=()
            for home in "$@"; do
                HOME=$home XDG_CACHE_HOME=$home/cache XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data \\
                    "$program" at @bench-lake backup "fs://$tree$number" & pids+=($!)
                number=$((number + 1))
            done
            for pid in "${pids[@]}"; do wait "$pid" || exit 1; done
            """;

    private final Plakar plakar;
    private final HdfsCluster cluster;
    private final Path work;
    private final Figures figures;
    private final String root;
    private final double megabytes;
    private final List<Plakar> homes = new ArrayList<>();

    /**
     * Makes a tree for each worker, below {@code work}.
     *
     * @param root the repository's directory on HDFS, a new one for each run
     */
    Workers(Plakar plakar, HdfsCluster cluster, Path work, Figures figures, String root, int files, int size)
            throws IOException {
        this.plakar = plakar;
        this.cluster = cluster;
        this.work = work;
        this.figures = figures;
        this.root = root;
        this.megabytes = (double) files * size / 1e6;
        for (int i = 0; i <= AT_ONCE; i++) {
            Trees.make(work.resolve("tree" + i), files, size, i);
        }
    }

    void run() throws IOException, InterruptedException {
        Plakar first = home(plakar, "home0");
        first.run("store", "add", STORE.substring(1), cluster.location(root), "conf_dir=" + cluster.conf());
        first.run("at", STORE, "create", "-plaintext");
        double callsForAll = one(first);
        double callsForNothing = again(first);
        figures.add(COSTS, WORKER, CALLS_FOR_BACKUP, callsForNothing);
        figures.add(COSTS, WORKER, CALLS_FOR_MB, Math.max(0, callsForAll - callsForNothing) / megabytes);
        figures.add(COSTS, WORKER, STATE_FOR_MB, count("states", 1) / 1e3 / megabytes);
        several(first);
        foreign(first);
        figures.add(RATE, "check of everything", "MB/s",
                (AT_ONCE + 1) * megabytes / first.run("at", STORE, "check").seconds());
        cluster.ask("delete " + root);
    }

    private Plakar home(Plakar like, String name) throws IOException {
        homes.add(WorkerHome.of(like, work.resolve(name)));
        return homes.getLast();
    }

    /** {@return the calls of a backup of a whole tree} */
    private double one(Plakar first) throws IOException, InterruptedException {
        NameNodeCalls before = cluster.calls();
        Processors used = Processors.now();
        Timed took = backup(first);
        took(ONE, 1, took, used);
        return cluster.calls().since(before).total();
    }

    /** {@return the calls of a backup of a tree without changes} */
    private double again(Plakar first) throws IOException, InterruptedException {
        NameNodeCalls before = cluster.calls();
        backup(first);
        return cluster.calls().since(before).total();
    }

    private Timed backup(Plakar first) throws IOException, InterruptedException {
        return first.run("at", STORE, "backup", "fs://" + work.resolve("tree0"));
    }

    private void several(Plakar first) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", SCRIPT, "workers", first.program().toString(),
                work.resolve("tree").toString()));
        for (int i = 1; i <= AT_ONCE; i++) {
            command.add(home(first, "home" + i).home().toString());
        }
        Processors used = Processors.now();
        Timed took = Timed.run(command, Map.of(), work);
        took(AT_ONCE + " workers", AT_ONCE, took, used);
    }

    /** Where one worker has used most of the processors, several cannot be much faster. */
    private void took(String who, int trees, Timed took, Processors before) throws IOException {
        figures.add(RATE, who, "s", took.seconds());
        figures.add(RATE, who, "MB/s", trees * megabytes / took.seconds());
        figures.add(RATE, who, "% of the processors", Processors.now().percentSince(before));
    }

    /** How much longer a command takes that must read the states of all others first. */
    private void foreign(Plakar first) throws IOException, InterruptedException {
        Plakar fresh = home(first, "home");
        NameNodeCalls before = cluster.calls();
        Timed cold = fresh.run("at", STORE, "ls");
        NameNodeCalls between = cluster.calls();
        Timed warm = fresh.run("at", STORE, "ls");
        double more = between.since(before).total() - cluster.calls().since(between).total();
        figures.add(COSTS, WORKER, CALLS_FOR_STATE, Math.max(0, more) / count("states", 0));
        figures.add(COSTS, WORKER, SECONDS_FOR_STATE,
                Math.max(0, cold.seconds() - warm.seconds()) * 1e3 / (count("states", 1) / 1e3));
    }

    /** {@return how many objects there are, or how many bytes they have} */
    private double count(String resource, int which) throws IOException {
        return Double.parseDouble(cluster.ask("count " + root + "/" + resource).get(which));
    }

    /** End the daemons of all homes. */
    @Override
    public void close() throws IOException {
        for (Plakar home : homes) {
            home.stopDaemon();
        }
    }
}
