package dev.kloset.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.testkit.Checker;
import dev.kloset.testkit.connection.BrokenPlugin;
import dev.kloset.testkit.subject.BrokenSubject;
import dev.kloset.testkit.subject.ProcessSubject;
import dev.kloset.testkit.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The clause meant for a fault finds it, and no other clause does; a plugin without a fault keeps them all. Faults that need a
 * process have one; with {@code -Dkloset.processes=all} the others have one too, which takes several minutes.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrokenPluginsTest {

    private static Subject plugin(Fault fault) {
        boolean process = fault.needsProcess() || "all".equals(System.getProperty("kloset.processes"));
        return process ? process(fault) : new BrokenSubject(fault);
    }

    /** {@return this program with a fault, started as quickly as Java can start it} */
    private static Subject process(Fault fault) {
        return new ProcessSubject(Path.of(System.getProperty("java.home"), "bin", "java"), List.of("-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Xlog:disable", "-Xlog:all=off:stderr", "-cp",
                System.getProperty("java.class.path"), BrokenPlugin.class.getName(), fault.name()), Map.of());
    }

    @TempDir
    Path directory;

    private CheckSettings settings(Fault fault) throws IOException {
        return switch (fault.kind) {
            case IMPORTER -> settings(fault, "broken://" + source()).mutable(source().resolve("sub")).build();
            case EXPORTER -> settings(fault, "broken://{temp}").build();
            case STORAGE -> settings(fault, "broken://{temp}/repository").build();
        };
    }

    private static CheckSettings.Builder settings(Fault fault, String location) {
        return CheckSettings.builder(fault.kind, Map.of("location", location)).limit(Duration.ofMinutes(10));
    }

    private Path source() throws IOException {
        Path source = directory.resolve("source");
        if (!Files.exists(source)) {
            Files.createDirectories(source.resolve("sub/deep"));
            Files.writeString(source.resolve("a"), "content of a");
            Files.writeString(source.resolve("empty"), "");
            Files.write(source.resolve("large"), new byte[2_000_000]);
            for (int i = 0; i < 30; i++) {
                Files.writeString(source.resolve("sub/deep/" + i), "content " + i);
            }
        }
        return source;
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultIsFoundByItsOwnClauseOnly(Fault fault) throws Exception {
        Conformance result = Checker.run(plugin(fault), settings(fault), each -> {});
        assertThat(result.failures()).as("what fails: %s", result.failures())
                .extracting(ClauseResult::clause)
                .containsExactlyElementsOf(fault.clauses);
        assertThat(result.results()).extracting(ClauseResult::clause)
                .as("clauses with a result")
                .containsExactlyElementsOf(List.of(Clause.values())
                        .stream()
                        .filter(clause -> clause.concerns(fault.kind))
                        .toList());
        assertThat(result.left()).isEmpty();
    }

    /** A loss that the author has declared is no failure of any clause. */
    @ParameterizedTest
    @CsvSource({ "LOSES_MODES,MODES", "LOSES_LINKS,SYMBOLIC_LINKS" })
    void aDeclaredLossBreaksNoClause(Fault fault, PreservedAttribute lost) throws Exception {
        CheckSettings settings = settings(fault, "broken://{temp}")
                .kept(EnumSet.complementOf(EnumSet.of(lost)))
                .build();
        assertThat(Checker.run(plugin(fault), settings, each -> {}).failures()).isEmpty();
    }

    /** The checks of records look at those of one import, which only the first of them makes. */
    @Test
    void oneImportIsEvidenceForAllClausesAboutItsRecords() throws Exception {
        Set<Clause> aboutRecords = EnumSet.range(Clause.I05, Clause.I12);
        List<ClauseResult> seen = new ArrayList<>();
        Checker.run(plugin(Fault.EMPTY_CHUNK), settings(Fault.EMPTY_CHUNK), seen::add);
        assertThat(seen).filteredOn(result -> aboutRecords.contains(result.clause()))
                .hasSameSizeAs(aboutRecords)
                .extracting(ClauseResult::outcome)
                .containsOnly(new Outcome.Passed());
    }

    @Test
    void aSlowModeCausesARemarkWithItsTimeAndBreaksNoClause() throws Exception {
        List<ClauseResult> seen = new ArrayList<>();
        Checker.run(plugin(Fault.SLOW_MODE), settings(Fault.SLOW_MODE), seen::add);
        assertThat(seen).filteredOn(result -> result.clause() == Clause.S04).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(new Outcome.Passed());
            assertThat(result.notes()).singleElement()
                    .asString()
                    .containsPattern("Mode takes \\d+\\.\\d ms, a call that "
                            + "does nothing \\d+\\.\\d ms: hosts ask for it once per opened file");
        });
    }
}
