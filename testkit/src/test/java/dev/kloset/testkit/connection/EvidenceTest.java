package dev.kloset.testkit.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.CheckRun;
import dev.kloset.testkit.clause.Checks;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Outcome;
import dev.kloset.testkit.contract.Shown;
import dev.kloset.testkit.subject.Hollow;
import dev.kloset.testkit.subject.Subject;
import dev.kloset.testkit.subject.Wreck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checker must be as honest as the plugins: it claims nothing for which it has no evidence. */
class EvidenceTest {

    @TempDir
    private Path directory = Path.of("");

    /** A clause that a check considers kept. */
    private record KeptClause(String subject, Kind kind, Clause clause) {}

    private CheckSettings.Builder settings(Kind kind) throws Exception {
        Path place = Files.createTempDirectory(directory, "place");
        return CheckSettings.builder(kind, Map.of("location", "wreck://{temp}"))
                .temporaries(place)
                .mutable(place)
                .hungAfter(Duration.ofMillis(150));
    }

    private CheckSettings settings(Wreck wreck, Kind kind) throws Exception {
        Duration start = wreck.shows(Clause.T01) ? Duration.ofSeconds(20) : Duration.ofMillis(100);
        return settings(kind).grants(start, Duration.ofMillis(50)).build();
    }

    /** {@return the results of all rounds, each run on a thread of its own, because most of them wait} */
    private static List<KeptClause> all(List<Callable<List<KeptClause>>> rounds) throws Exception {
        List<KeptClause> kept = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<KeptClause>> round : threads.invokeAll(rounds)) {
                kept.addAll(round.get());
            }
        }
        return kept;
    }

    /** {@return the clauses kept when all are checked one after the other, as in every run} */
    private static List<KeptClause> together(Subject subject, CheckSettings settings) throws Exception {
        List<KeptClause> kept = new ArrayList<>();
        try (CheckRun run = CheckRun.unmet(subject, settings)) {
            for (Clause clause : run.clauses()) {
                run.check(clause);
            }
            for (ClauseResult result : run.results()) {
                addTo(kept, subject, settings, result);
            }
        }
        return kept;
    }

    /**
     * {@return the clauses kept when each check runs alone, so that no check is skipped because another clause is broken} A
     * clause that every kind must keep is checked for one kind only, and the next clause for another.
     */
    private static List<KeptClause> alone(Subject subject, CheckSettings settings, int turn) throws Exception {
        List<KeptClause> kept = new ArrayList<>();
        Kind[] kinds = Kind.values();
        int asked = turn;
        for (Clause clause : Checks.of(settings.kind()).keySet()) {
            boolean isOfEveryKind = clause.concerns(Kind.IMPORTER) && clause.concerns(Kind.STORAGE);
            asked += isOfEveryKind ? 1 : 0;
            if (!isOfEveryKind || kinds[asked % kinds.length] == settings.kind()) {
                try (CheckRun run = CheckRun.unmet(subject, settings)) {
                    addTo(kept, subject, settings, run.check(clause));
                }
            }
        }
        return kept;
    }

    private static void addTo(List<KeptClause> kept, Subject subject, CheckSettings settings, ClauseResult result) {
        if (result.outcome() instanceof Outcome.Passed) {
            kept.add(new KeptClause(subject.name(), settings.kind(), result.clause()));
        }
    }

    private static List<KeptClause> without(Shown shown, List<KeptClause> kept) {
        return kept.stream().filter(each -> !shown.shows(each.clause())).toList();
    }

    @Test
    void aProgramThatIsNotAPluginKeepsOnlyWhatItShows() throws Exception {
        List<Callable<List<KeptClause>>> rounds = new ArrayList<>();
        for (Wreck wreck : Wreck.values()) {
            for (Kind kind : Kind.values()) {
                Subject subject = wreck.subject(directory);
                CheckSettings settings = settings(wreck, kind);
                rounds.add(() -> without(wreck, together(subject, settings)));
            }
        }
        assertThat(all(rounds)).isEmpty();
    }

    @Test
    void noSingleCheckPassesAProgramThatIsNotAPlugin() throws Exception {
        List<Callable<List<KeptClause>>> rounds = new ArrayList<>();
        Wreck[] wrecks = Wreck.values();
        for (int i = 0; i < wrecks.length; i++) {
            Wreck wreck = wrecks[i];
            int turn = i;
            for (Kind kind : Kind.values()) {
                Subject subject = wreck.subject(directory);
                CheckSettings settings = settings(wreck, kind);
                rounds.add(() -> without(wreck, alone(subject, settings, turn)));
            }
        }
        assertThat(all(rounds)).isEmpty();
    }

    @Test
    void aHollowPluginKeepsOnlyWhatItHasShown() throws Exception {
        List<Callable<List<KeptClause>>> rounds = new ArrayList<>();
        Hollow[] hollows = Hollow.values();
        for (int i = 0; i < hollows.length; i++) {
            Hollow hollow = hollows[i];
            int turn = i;
            for (Kind kind : Kind.values()) {
                CheckSettings settings = settings(kind).build();
                rounds.add(() -> without(hollow, alone(hollow, settings, turn)));
            }
        }
        assertThat(all(rounds)).isEmpty();
    }

    @Test
    void aPluginThatSpeaksKeepsTheClausesThatItShows() throws Exception {
        List<KeptClause> kept = together(Wreck.SETTINGS_THEN_NOTHING.subject(directory),
                settings(Wreck.SETTINGS_THEN_NOTHING, Kind.EXPORTER));
        assertThat(kept).extracting(KeptClause::clause).containsExactly(Clause.T01, Clause.T03);
    }
}
