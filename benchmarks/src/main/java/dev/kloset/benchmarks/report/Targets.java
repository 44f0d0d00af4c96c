package dev.kloset.benchmarks.report;

import dev.kloset.benchmarks.measure.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The targets of the plugins, beside what they have reached. */
final class Targets {

    private static final String OURS = "files";
    private static final String JDBC = "jdbc";
    private static final String KAFKA = "kafka";
    private static final String HADOOP = "hadoop";
    private static final String GO = "Go SDK";
    private static final String HELLO = "Hello World, same JVM";
    private static final String UPSTREAM = ", driven by grpc-go";
    private static final String PROCESSOR = "processor s per GB";
    private static final String PROCESSOR_EACH = "processor µs for each";

    private final List<Comparison> all;
    private final List<List<String>> rows = new ArrayList<>();

    private Targets(List<Comparison> all) {
        this.all = all;
    }

    /** {@return a row for each target and each task at which it was measured} */
    static Table of(List<Measured> measured) {
        Targets targets = new Targets(
                measured.stream().flatMap(job -> Comparison.of(job.results()).stream()).toList());
        targets.contents();
        targets.items();
        targets.memory();
        targets.plakar();
        targets.increments();
        targets.starts();
        targets.databases();
        targets.topics();
        targets.trees();
        targets.repositories();
        return new Table(List.of("target", "asked", "reached", "met"), targets.rows);
    }

    private void contents() {
        for (String title : List.of("read \\d+ files of \\d+ MiB.*", "restore \\d+ files of \\d+ MiB",
                "get packfiles.*", "get ranges.*", "put packfiles.*")) {
            ratios(title + UPSTREAM, "MiB/s", GO, Threshold.atLeast(1.2));
            ratios(title + UPSTREAM, PROCESSOR, GO, Threshold.atMost(0.9));
        }
    }

    private void items() {
        for (String title : List.of("read [\\d,]+ files of 4 KiB.*", "list [\\d,]+,000,000 empty files")) {
            ratios(title + UPSTREAM, "records/s", GO, Threshold.atLeast(1));
            ratios(title + UPSTREAM, PROCESSOR_EACH, GO, Threshold.atMost(1.1));
        }
        ratios("list 10,000 empty files" + UPSTREAM, "records/s", GO, Threshold.atLeast(0.8));
    }

    private void memory() {
        Threshold resident = new Threshold(false, 160, "MiB");
        for (Comparison million : titled("list 1,000,000 empty files.*")) {
            row(million.title() + ": peak MiB", resident, million.median(OURS, "peak MiB"));
        }
        Comparison million = first("list 1,000,000 hard links.*");
        Comparison tenMillion = first("list 10,000,000 hard links.*");
        Double before = million == null ? null : million.median(OURS, "peak MiB");
        Double after = tenMillion == null ? null : tenMillion.median(OURS, "peak MiB");
        row("list 10,000,000 hard links: peak MiB, divided by that of 1,000,000", Threshold.atMost(1.05),
                quotient(after, before));
    }

    private void plakar() {
        for (Comparison backup : titled("plakar backup, [\\d,]+ files .*")) {
            String what = backup.title().substring("plakar backup, ".length());
            Comparison restore = first("plakar restore, " + what);
            for (String other : List.of("inside Plakar", GO)) {
                row("plakar backup and restore, " + what + ": s / " + other,
                        Threshold.atMost(other.equals(GO) ? 1 : 1.1),
                        quotient(sum(OURS, backup, restore), sum(other, backup, restore)));
            }
        }
    }

    private void increments() {
        ratios("plakar backup, 0 of 500 small files changed", "s", GO, Threshold.atMost(1.5));
        ratios("plakar backup, 0 of 10,000 small files changed", "s", GO, Threshold.atMost(1));
        ratios("plakar backup, first of 10,000 small files", "s", GO, Threshold.atMost(0.45));
        ratios("plakar backup, first of 10,000 small files", "s", "inside Plakar", Threshold.atMost(1.8));
    }

    private static @Nullable Double sum(String who, Comparison backup, @Nullable Comparison restore) {
        Double first = backup.median(who, "s");
        Double second = restore == null ? null : restore.median(who, "s");
        return first == null || second == null ? null : first + second;
    }

    private void starts() {
        for (Comparison start : titled("start")) {
            for (String what : List.of("files: Init of the importer", "files: Init and Open of the store")) {
                row("start, " + what + ": ms / " + HELLO, Threshold.atMost(1.35), start.ratio(what, HELLO, "ms"));
            }
        }
    }

    /** Scales below 100 are trials: Plakar fills each packfile with random bytes, which are much of a small repository. */
    private void databases() {
        String dump = "pg_dump -Fd -Z0 -j2, Plakar's fs";
        String database = "database of pgbench, scale 100, ";
        ratios(database + "first backup", "s", JDBC, dump, Threshold.atMost(1.1));
        ratios(database + "backup after .*", "MB more in the repository", JDBC, dump, Threshold.atMost(0.55));
        ratios(database + "restore", "s", JDBC, dump, Threshold.atMost(1.2));
        figures("database of 200 tables, restore of one with .*", "s", JDBC, new Threshold(false, 2, "s"));
    }

    private void topics() {
        ratios("kafka: read .*", "records/s", KAFKA, "three bare consumers", Threshold.atLeast(0.7));
        ratios("kafka: first backup of .* records .*", "s", KAFKA, "MirrorMaker 2", Threshold.atMost(1.3));
        ratios("kafka: backup of .*, unchanged", "s", KAFKA, "limit: 1 s and 20 ms for each file",
                Threshold.atMost(1));
        ratios("kafka: restore .*", "records/s", KAFKA, "Kafka's producer-perf-test", Threshold.atLeast(0.6));
        String empty = "kafka: first backup of 1,000 topics .*";
        figures(empty, "s", KAFKA, new Threshold(false, 10, "s"));
        figures(empty, "peak MiB", KAFKA, new Threshold(false, 250, "MiB"));
    }

    private void trees() {
        String tree = "HDFS, .*: ";
        ratios(tree + "first backup", "MB/s", HADOOP, "distcp", Threshold.atLeast(0.8));
        ratios(tree + "nothing changed", "s", HADOOP, "limit: hdfs dfs -ls -R", Threshold.atMost(1.2));
        figures(tree + "nothing changed", "files opened", HADOOP, new Threshold(false, 0, "files"));
        figures(tree + ".* renamed", "% of its bytes written", HADOOP, new Threshold(false, 1, "%"));
        for (String what : List.of("owners", "access control lists", "attributes", "erasure coding")) {
            figures(tree + "restored to HDFS", "% of " + what, HADOOP, new Threshold(true, 100, "%"));
        }
    }

    private void repositories() {
        ratios("repository on HDFS: backup, .*", "MB/s", HADOOP, OURS, Threshold.atLeast(0.8));
        ratios("repository on HDFS: backups by several workers.*", "MB/s", "3 workers", "1 worker",
                Threshold.atLeast(2));
        ratios("tree on HDFS, repository on HDFS: .*", "MB/s", "3 workers", "1 worker", Threshold.atLeast(2));
        figures("store: 60 puts of 64 KiB.*", "ms", HADOOP, new Threshold(false, 3_300, "ms"));
        figures("store: ranges of 128 KiB.*", "ms for each", HADOOP, new Threshold(false, 0.7, "ms"));
        figures("store: list 556 objects", "ms", HADOOP, new Threshold(false, 75, "ms"));
    }

    private void figures(String title, String column, String who, Threshold bound) {
        for (Comparison comparison : titled(title)) {
            row(comparison.title() + ": " + column, bound, comparison.median(who, column));
        }
    }

    private void ratios(String title, String column, String other, Threshold bound) {
        ratios(title, column, OURS, other, bound);
    }

    private void ratios(String title, String column, String who, String other, Threshold bound) {
        for (Comparison comparison : titled(title)) {
            row(comparison.title() + ": " + column + " / " + other, bound, comparison.ratio(who, other, column));
        }
    }

    private List<Comparison> titled(String title) {
        return all.stream().filter(comparison -> comparison.title().matches(title)).toList();
    }

    private @Nullable Comparison first(String title) {
        Stream<Comparison> found = titled(title).stream();
        return found.findFirst().orElse(null);
    }

    private static @Nullable Double quotient(@Nullable Double part, @Nullable Double whole) {
        return part == null || whole == null ? null : part / whole;
    }

    private void row(String what, Threshold bound, @Nullable Double reached) {
        if (reached != null) {
            rows.add(List.of(what, bound.toString(), bound.number(reached), bound.verdict(reached)));
        }
    }
}
