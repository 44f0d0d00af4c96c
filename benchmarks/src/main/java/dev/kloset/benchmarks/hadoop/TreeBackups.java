package dev.kloset.benchmarks.hadoop;

import dev.kloset.benchmarks.job.Plakar;
import dev.kloset.benchmarks.measure.Timed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Backs up a tree of HDFS through Plakar, and copies it with Hadoop's own copier: first all of it, then with nothing changed, then
 * with a directory of half the bytes renamed, and back.
 */
final class TreeBackups {

    static final String OURS = "hadoop";
    private static final String SOURCE = "/bench/source";
    private static final String RESTORED = "/bench/restored";
    /** Distcp took more than three minutes for 2,000 files, and what it loses shows with fewer. */
    private static final int MOST_COPIED_BACK = 100;
    private static final List<String> ASPECTS = List.of("bytes", "owners", "access control lists", "attributes",
            "erasure coding");

    private final Plakar plakar;
    private final HdfsCluster cluster;
    private final List<Copier> copiers;
    private final Figures figures;
    private final String title;
    private final LocalTree tree;

    /** Makes the tree. */
    TreeBackups(Plakar plakar, HdfsCluster cluster, List<Copier> copiers, Figures figures, int files, int size)
            throws IOException {
        this.plakar = plakar;
        this.cluster = cluster;
        this.copiers = copiers;
        this.figures = figures;
        this.title = String.format("HDFS, %,d files of %d KiB: ", files, size >> 10);
        List<String> made = cluster.ask("tree " + SOURCE + " " + files + " " + size);
        this.tree = new LocalTree(Long.parseLong(made.get(0)), Long.parseLong(made.get(1)));
    }

    /** {@return the name of a piece of work} */
    private String job(String what) {
        return title + what;
    }

    /** Do everything once, with repositories and copies in {@code work}. */
    void run(Path work) throws IOException, InterruptedException {
        plakar.run("at", repository(work), "create", "-plaintext");
        first(work);
        unchanged(work);
        cluster.ask("rename " + SOURCE + "/first " + SOURCE + "/renamed");
        renamed(work);
        back(work);
        cluster.ask("rename " + SOURCE + "/renamed " + SOURCE + "/first");
    }

    private void first(Path work) throws IOException, InterruptedException {
        String job = job("first backup");
        NameNodeCalls before = cluster.calls();
        figures.took(job, OURS, backup(work), tree.megabytes());
        opened(job, OURS, before);
        for (Copier copier : copiers) {
            Path target = work.resolve(copier.name());
            before = cluster.calls();
            figures.took(job, copier.name(), copier.copy(cluster, SOURCE, target), tree.megabytes());
            LocalTree.requireSame(copier.name(), LocalTree.of(target), tree);
            if (opened(job, copier.name(), before) < tree.files()) {
                throw new IOException("the NameNode does not count what is opened");
            }
        }
    }

    private void unchanged(Path work) throws IOException, InterruptedException {
        String job = job("nothing changed");
        NameNodeCalls before = cluster.calls();
        figures.add(job, OURS, "s", backup(work).seconds());
        opened(job, OURS, before);
        for (Copier copier : copiers) {
            before = cluster.calls();
            figures.add(job, copier.name(), "s",
                    copier.copy(cluster, SOURCE, work.resolve(copier.name())).seconds());
            opened(job, copier.name(), before);
        }
        double list = shell(work, "-ls");
        figures.add(job, "limit: hdfs dfs -ls -R", "s", list);
        figures.add(job, "limit: hdfs dfs -ls -R, -getfattr -R", "s", list + shell(work, "-getfattr", "-d"));
    }

    private long opened(String job, String who, NameNodeCalls before) throws IOException {
        long opened = cluster.calls().since(before).of(NameNodeCalls.OPEN);
        figures.add(job, who, "files opened", (double) opened);
        return opened;
    }

    private double shell(Path work, String... words) throws IOException, InterruptedException {
        List<String> command = cluster.programs().shell(work, cluster.conf(), words);
        command.addAll(List.of("-R", cluster.location(SOURCE)));
        return Timed.run(command, Map.of(), work).seconds();
    }

    private void renamed(Path work) throws IOException, InterruptedException {
        String job = job("a directory of half the bytes renamed");
        LocalTree before = LocalTree.of(work.resolve("repository"));
        Timed took = backup(work);
        report(job, OURS, took, LocalTree.of(work.resolve("repository")).bytes() - before.bytes());
        for (Copier copier : copiers) {
            Path target = work.resolve(copier.name());
            Timed copied = copier.copy(cluster, SOURCE, target);
            LocalTree.requireSame(copier.name(), LocalTree.of(target), tree);
            report(job, copier.name(), copied, LocalTree.of(target.resolve("renamed")).bytes());
        }
    }

    /** What has been written is compared with the bytes of the directory. */
    private void report(String job, String who, Timed took, long written) throws IOException {
        figures.add(job, who, "s", took.seconds());
        figures.add(job, who, "% of its bytes written", 200.0 * written / tree.bytes());
    }

    private void back(Path work) throws IOException, InterruptedException {
        String job = job("restored to HDFS");
        Timed restored = plakar.run("at", repository(work), "restore", "-o", "conf_dir=" + cluster.conf(), "-to",
                cluster.location(RESTORED));
        restored(job, OURS, restored);
        if (tree.files() > MOST_COPIED_BACK) {
            return;
        }
        for (Copier copier : copiers) {
            restored(job, copier.name(), copier.copyBack(cluster, work.resolve(copier.name()), RESTORED));
        }
    }

    private void restored(String job, String who, Timed took) throws IOException {
        figures.took(job, who, took, tree.megabytes());
        List<String> kept = cluster.ask("kept " + SOURCE + " " + RESTORED);
        for (int i = 0; i < ASPECTS.size(); i++) {
            double had = Double.parseDouble(kept.get(2 * i));
            double has = Double.parseDouble(kept.get(2 * i + 1));
            if (i == 0 && had != has) {
                throw new IOException(who + " restored " + has + " of " + had + " files");
            }
            figures.add(job, who, "% of " + ASPECTS.get(i), 100 * has / had);
        }
        cluster.ask("delete " + RESTORED);
    }

    private Timed backup(Path work) throws IOException, InterruptedException {
        return plakar.run("at", repository(work), "backup", "-o", "conf_dir=" + cluster.conf(),
                cluster.location(SOURCE));
    }

    private static String repository(Path work) {
        return "fs://" + work.resolve("repository");
    }
}
