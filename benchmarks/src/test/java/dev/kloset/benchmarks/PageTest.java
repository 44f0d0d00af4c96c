package dev.kloset.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void aJobIsATableWithARowForEachContestantAndAGapWhereNothingWasMeasured() {
        List<Result> results = List.of(new Result("start", "files", "ms", Series.of(3, 1, 2)),
                new Result("start", "Go SDK", "MiB", Series.of(1234)));
        assertThat(Page.of(results, List.of("How."))).contains("How.", """
                ## Start

                | | ms | MiB |
                |---|---|---|
                | files | 2.00 (1.50 to 2.50) |  |
                | Go SDK |  | 1,234 (1,234 to 1,234) |
                """);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleOnes() {
        assertThat(Series.of(4, 1, 3, 2).median()).isEqualTo(2.5);
    }

    @Test
    void aMachineReadsTheMedianAndTheValues() {
        assertThat(new Result("list", "files", "records/s", Series.of(2, 1)).json()).isEqualTo(
                "{\"job\":\"list\",\"contestant\":\"files\",\"what\":\"records/s\",\"median\":1.5,\"values\":[1.0, 2.0]}");
    }
}
