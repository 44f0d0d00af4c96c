package dev.kloset.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

    @TempDir
    private Path directory;

    @Test
    void writtenResultsAreReadBackJobByJob() throws Exception {
        ResultFiles files = new ResultFiles(directory);
        Run run = new Run(Size.FULL, "benchmarks/run list", "2026-11-25", 2, "No Go toolchain.");
        Measured list = new Measured("list", run,
                List.of(new Result("list 1,000 files, 8 at a time", "files: Init", "µs for each", Series.of(2, 1.5))));
        Measured start = new Measured("start", run, List.of(new Result("start", "files", "ms", Series.of(40))));
        files.write(list);
        files.write(start);
        files.write(new Measured("start", new Run(Size.QUICK, "benchmarks/run --quick start", "2026-11-25", 2, ""),
                List.of()));
        assertThat(files.read(Size.FULL, List.of("start", "store", "list"))).containsExactly(start, list);
    }

    @Test
    void aMachineReadsTheMedianAndTheValues() {
        assertThat(new Result("list", "files", "records/s", Series.of(2, 1)).json()).isEqualTo(
                "{\"job\":\"list\",\"candidate\":\"files\",\"what\":\"records/s\",\"median\":1.5,\"values\":[1.0, 2.0]}");
    }

    @Test
    void aPointOfACurveIsReadAgain() {
        Result point = new Result("list 10 files", "files", "records/s", Series.of(2, 1)).on("list", 10);
        assertThat(Result.of(point.json())).isEqualTo(point);
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheMiddleValues() {
        assertThat(Series.of(4, 1, 3, 2).median()).isEqualTo(2.5);
    }
}
