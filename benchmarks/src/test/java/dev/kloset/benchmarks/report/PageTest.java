package dev.kloset.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.benchmarks.measure.Measured;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Run;
import dev.kloset.benchmarks.measure.Series;
import dev.kloset.benchmarks.measure.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final Run RUN = new Run(Size.FULL, "benchmarks/run start", "2026-11-25", 2, "");

    @Test
    void aJobIsATableWithARowForEachCandidateAndAGapWhereNothingWasMeasured() {
        assertThat(page(new Result("start", "files", "ms", Series.of(3, 1, 2)),
                new Result("start", "nobody", "MiB", Series.of(1234)))).contains("""
                        Measured by `benchmarks/run start` on 2026-11-25, 2 processors.

                        ### Start

                        |  | ms | MiB |
                        |---|---|---|
                        | files | 2.00 (1.50 to 2.50) |  |
                        | nobody |  | 1,234 |
                        """);
    }

    @Test
    void theRowsBelowTheCandidatesCompareOursWithTheOthers() {
        assertThat(page(new Result("start", "files: Init", "ms", Series.of(30)),
                new Result("start", "Go SDK: Init", "ms", Series.of(10)),
                new Result("start", "Hello World, same JVM", "ms", Series.of(20)))).contains("""
                        | files: Init / Go SDK: Init | 3.00 |
                        | files: Init / Hello World, same JVM | 1.50 |
                        """);
    }

    @Test
    void thePageNamesMissingJobsAndIncludesHandwrittenNotes() {
        String page = Page.of(List.of(), List.of("store", "growth"),
                List.of(new Plot("Speed", "speed.svg", "<svg/>")), List.of("# Findings", "", "The disk is slow."));
        assertThat(page).contains("Not measured here: store, growth.", "![Speed](benchmarks/speed.svg)",
                "## Findings\n\nThe disk is slow.");
    }

    @Test
    void aTargetShowsItsThresholdAndHowFarAwayItIs() {
        String title = "read 8 files of 1024 MiB, 1 at a time, driven by grpc-go";
        assertThat(page(new Result(title, "files", "MiB/s", Series.of(900)),
                new Result(title, "Go SDK", "MiB/s", Series.of(1000)),
                new Result(title, "files", "processor s per GB", Series.of(0.8)),
                new Result(title, "Go SDK", "processor s per GB", Series.of(1)),
                new Result("list 1,000,000 empty files", "files", "peak MiB", Series.of(150)))).contains(
                        "| " + title + ": MiB/s / Go SDK | at least 1.20 times | 0.90 | no, by 25% |\n",
                        "| " + title + ": processor s per GB / Go SDK | at most 0.90 times | 0.80 | yes |\n",
                        "| list 1,000,000 empty files: peak MiB | at most 160 MiB | 150 | yes |\n");
    }

    @Test
    void kafkaIsComparedWithWhatElseReadsAndCopiesTopics() {
        String unchanged = "kafka: backup of 10 records of 200 bytes, unchanged";
        String empty = "kafka: first backup of 1,000 topics of 10 partitions, empty";
        assertThat(page(new Result("kafka: restore 10 records of 200 bytes", "kafka", "records/s", Series.of(50)),
                new Result("kafka: restore 10 records of 200 bytes", "Kafka's producer-perf-test", "records/s",
                        Series.of(100)),
                new Result(unchanged, "kafka", "s", Series.of(2)),
                new Result(unchanged, "limit: 1 s and 20 ms for each file", "s", Series.of(4)),
                new Result(empty, "kafka", "s", Series.of(11)),
                new Result(empty, "kafka", "peak MiB", Series.of(200)))).contains(
                        "| kafka: restore 10 records of 200 bytes: records/s / Kafka's producer-perf-test | at least 0.60 times | 0.50 | no, by 17% |\n",
                        "| " + unchanged
                                + ": s / limit: 1 s and 20 ms for each file | at most 1.00 times | 0.50 | yes |\n",
                        "| " + empty + ": s | at most 10 s | 11 | no, by 10% |\n",
                        "| " + empty + ": peak MiB | at most 250 MiB | 200 | yes |\n",
                        "| kafka / Kafka's producer-perf-test | 0.50 |\n");
    }

    @Test
    void treesOfHdfsHaveTargetsOfTheirOwn() {
        String title = "HDFS, 20 files of 16 KiB: ";
        assertThat(page(new Result(title + "first backup", "hadoop", "MB/s", Series.of(45)),
                new Result(title + "first backup", "distcp", "MB/s", Series.of(90)),
                new Result(title + "nothing changed", "hadoop", "files opened", Series.of(0)),
                new Result(title + "restored to HDFS", "hadoop", "% of owners", Series.of(90)))).contains(
                        "| " + title + "first backup: MB/s / distcp | at least 0.80 times | 0.50 | no, by 38% |\n",
                        "| " + title + "nothing changed: files opened | at most 0.00 files | 0.00 | yes |\n",
                        "| " + title + "restored to HDFS: % of owners | at least 100 % | 90 | no, by 10% |\n");
    }

    @Test
    void backupAndRestoreCountTogether() {
        assertThat(page(new Result("plakar backup, 10 files of 4 KiB", "files", "s", Series.of(2)),
                new Result("plakar backup, 10 files of 4 KiB", "inside Plakar", "s", Series.of(1)),
                new Result("plakar restore, 10 files of 4 KiB", "files", "s", Series.of(1)),
                new Result("plakar restore, 10 files of 4 KiB", "inside Plakar", "s", Series.of(3)))).contains(
                        "| plakar backup and restore, 10 files of 4 KiB: s / inside Plakar | at most 1.10 times | 0.75 | yes |");
    }

    @Test
    void aTerminalGetsColumnsAndShortCells() {
        Result ours = new Result("list", "files", "records/s", Series.of(900, 1000, 1100));
        Result theirs = new Result("list", "Go SDK", "records/s", Series.of(2000));
        assertThat(Printed.of(List.of(new Measured("list", RUN, List.of(ours, theirs))))).contains("""
                list
                                    records/s
                  files            1,000 ± 5%
                  Go SDK                2,000
                  files / Go SDK         0.50
                """);
    }

    private static String page(Result... results) {
        return Page.of(List.of(new Measured("start", RUN, List.of(results))), List.of(), List.of(), List.of());
    }
}
