package dev.kloset.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.Checker;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.contract.Outcome;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.destination.WebPlugin.Loss;
import dev.kloset.testkit.subject.InProcessSubject;
import dev.kloset.testkit.subject.PipeProfile;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exporters whose destination is no directory are judged by what their own importers find there. */
class RemoteDestinationTest {

    private WebTree server;

    @BeforeEach
    void start() throws Exception {
        server = new WebTree();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static CheckSettings.Builder settings(String location) {
        return CheckSettings.builder(Kind.EXPORTER, Map.of("location", location)).limit(Duration.ofMinutes(10));
    }

    private static Conformance check(Plugin plugin, CheckSettings.Builder settings) throws Exception {
        return Checker.run(new InProcessSubject(plugin, PipeProfile.ORDINARY), settings.build(), each -> {});
    }

    private Conformance check(Loss loss, Set<PreservedAttribute> kept) throws Exception {
        return check(WebPlugin.plugin(loss), settings(server.location() + "{temp}").kept(kept));
    }

    private static List<Clause> broken(Conformance result) {
        return result.failures().stream().map(ClauseResult::clause).toList();
    }

    private static List<Clause> notJudged(Conformance result) {
        return result.results()
                .stream()
                .filter(each -> each.clause().family() == Clause.Family.EXPORTER
                        && each.outcome() instanceof Outcome.NotApplicable)
                .map(ClauseResult::clause)
                .toList();
    }

    private static Set<PreservedAttribute> all() {
        return EnumSet.allOf(PreservedAttribute.class);
    }

    @Test
    void allClausesApplyButThoseThatNeedADirectoryOrAProcess() throws Exception {
        Conformance result = check(Loss.NOTHING, all());
        assertThat(result.failures()).isEmpty();
        assertThat(notJudged(result)).containsExactly(Clause.E07, Clause.E16);
    }

    @ParameterizedTest
    @CsvSource({ "MODES,MODES,E12", "TIMES,TIMES,E12", "LINKS,SYMBOLIC_LINKS,E18", "DIRECTORIES,DIRECTORIES,E18",
        "ODD_NAMES,ODD_NAMES,E14" })
    void aLossBreaksItsClauseUnlessItWasDeclared(Loss loss, PreservedAttribute lost, Clause clause) throws Exception {
        assertThat(broken(check(loss, all()))).containsExactly(clause);
        assertThat(check(loss, EnumSet.complementOf(EnumSet.of(lost))).failures()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "LAST_BYTE,E03 E04 E13 E14", "KEEPS_HALF_FILES,E05 E15", "EVERYTHING,E03 E04 E13 E14 E18" })
    void whatNoDestinationMayDoIsFound(Loss loss, String clauses) throws Exception {
        assertThat(broken(check(loss, all())))
                .containsExactlyElementsOf(List.of(clauses.split(" ")).stream().map(Clause::valueOf).toList());
    }

    @Test
    void withoutAnImporterALocationThatIsNoDirectoryGivesNoFalseVerdict() throws Exception {
        Conformance result = check(WebPlugin.exporterOnly(), settings(server.location() + "{temp}"));
        assertThat(result.failures()).isEmpty();
        assertThat(notJudged(result)).contains(Clause.E03, Clause.E06, Clause.E18);
        assertThat(result.results()).filteredOn(each -> each.clause() == Clause.E03)
                .singleElement()
                .satisfies(each -> assertThat(each.outcome().toString()).contains(
                        "a restored file did not appear in {temp}, so that is no directory of this machine",
                        "no importer of the plugin reads it"));
    }

    @Test
    void theImporterMayHaveSettingsOfItsOwn() throws Exception {
        Map<String, String> config = Map.of("location", server.location() + "{temp}", "mode", "create");
        CheckSettings.Builder settings = CheckSettings.builder(Kind.EXPORTER, config).limit(Duration.ofMinutes(10));
        assertThat(notJudged(check(WebPlugin.plugin(Loss.NOTHING), settings))).contains(Clause.E03);
        settings.readBack(Map.of("location", server.location() + "{temp}"));
        assertThat(notJudged(check(WebPlugin.plugin(Loss.NOTHING), settings))).containsExactly(Clause.E07, Clause.E16);
    }

    @Test
    void anArchiveIsReadBackToo() throws Exception {
        CheckSettings.Builder settings = settings("zip://{temp}/restored.zip")
                .kept(EnumSet.of(PreservedAttribute.TIMES, PreservedAttribute.ODD_NAMES));
        Conformance result = check(ZipPlugin.plugin(), settings);
        assertThat(result.failures()).isEmpty();
        assertThat(notJudged(result)).containsExactly(Clause.E07, Clause.E15, Clause.E16, Clause.E18);
    }
}
