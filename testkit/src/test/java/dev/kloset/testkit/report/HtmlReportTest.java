package dev.kloset.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.contract.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static ClauseResult result(Clause clause, Outcome outcome) {
        return new ClauseResult(clause, outcome, Duration.ofMillis(1500), List.of());
    }

    @Test
    void everyClauseHasAnAddressThatFailuresLeadTo() {
        String html = HtmlReport.of(new Conformance("./plugin", Kind.IMPORTER, "",
                List.of(result(Clause.T04, new Outcome.Passed()),
                        result(Clause.T05, new Outcome.Failed("an answer", "none"))),
                Duration.ofSeconds(3), List.of()), Instant.EPOCH);

        assertThat(html).contains("<tr id=\"T04\"", "<tr id=\"T05\"", "<h2><a href=\"#T05\">T05</a> <span>");
        assertThat(Pattern.compile("href=\"#(T\\d\\d)\"").matcher(html).results().map(link -> link.group(1)))
                .containsExactly("T05", "T04", "T05");
    }
}
