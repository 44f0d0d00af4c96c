package dev.kloset.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.contract.Outcome;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class JunitReportTest {

    private static ClauseResult result(Clause clause, Outcome outcome, String... notes) {
        return new ClauseResult(clause, outcome, Duration.ofMillis(1500), List.of(notes));
    }

    private static final Conformance CONFORMANCE = new Conformance("./a \"b\" & <c>", Kind.IMPORTER, "",
            List.of(result(Clause.T04, new Outcome.Passed()),
                    result(Clause.T05, new Outcome.Failed("an \"A\"", "a <B>\u0000\n& C")),
                    result(Clause.T06, new Outcome.Waived("known", new Outcome.Failed("x", "y"))),
                    result(Clause.T09, new Outcome.NotApplicable("no > here"), "slow", "\uD83D later")),
            Duration.ofSeconds(3), List.of());

    @Test
    void everyClauseIsATestCase() {
        assertThat(JunitReport.of(CONFORMANCE)).isEqualTo(
                """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuite name="kloset check importer ./a &quot;b&quot; &amp; &lt;c&gt;" tests="4" failures="1" errors="0" skipped="2" time="3.000">
                          <testcase classname="kloset.importer" name="T04 %s" time="1.500">
                          </testcase>
                          <testcase classname="kloset.importer" name="T05 %s" time="1.500">
                            <failure message="expected an &quot;A&quot;, seen a &lt;B&gt;\uFFFD
                        &amp; C">%s</failure>
                          </testcase>
                          <testcase classname="kloset.importer" name="T06 %s" time="1.500">
                            <skipped message="waived: known (seen: y)"/>
                          </testcase>
                          <testcase classname="kloset.importer" name="T09 %s" time="1.500">
                            <skipped message="no &gt; here"/>
                            <system-out>slow
                        \uFFFD later</system-out>
                          </testcase>
                        </testsuite>
                        """
                        .formatted(Clause.T04.rule(), Clause.T05.rule(), Clause.T05.reason(),
                                Clause.T06.rule(), Clause.T09.rule()));
    }

    @Test
    void itIsXmlWhateverWasSeen() throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(JunitReport.of(CONFORMANCE))));
        assertThat(document.getDocumentElement().getAttribute("name"))
                .isEqualTo("kloset check importer " + CONFORMANCE.subject());
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(4);
    }
}
