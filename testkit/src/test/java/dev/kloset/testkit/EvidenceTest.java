package dev.kloset.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Plugin.Kind;
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

/** A checker is as honest as the plugins should be: what it has no evidence of, it does not say. */
class EvidenceTest {

    @TempDir
    private Path directory = Path.of("");

    /** A clause that a check calls kept. */
    private record Kept(String subject, Kind kind, Clause clause) {}

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

    /** {@return what all give, each on a thread of its own, for most of them wait} */
    private static List<Kept> all(List<Callable<List<Kept>>> rounds) throws Exception {
        List<Kept> kept = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Kept>> round : threads.invokeAll(rounds)) {
                kept.addAll(round.get());
            }
        }
        return kept;
    }

    /** {@return what is kept of all clauses, checked one after the other as in every run} */
    private static List<Kept> together(Subject subject, CheckSettings settings) throws Exception {
        List<Kept> kept = new ArrayList<>();
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
     * {@return what is kept when each check is alone, so that none is spared because another clause is broken} What every kind
     * must keep is asked of one kind each, another one for the next clause.
     */
    private static List<Kept> alone(Subject subject, CheckSettings settings, int turn) throws Exception {
        List<Kept> kept = new ArrayList<>();
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

    private static void addTo(List<Kept> kept, Subject subject, CheckSettings settings, ClauseResult result) {
        if (result.outcome() instanceof Outcome.Passed) {
            kept.add(new Kept(subject.name(), settings.kind(), result.clause()));
        }
    }

    private static List<Kept> without(Shown shown, List<Kept> kept) {
        return kept.stream().filter(each -> !shown.shows(each.clause())).toList();
    }

    @Test
    void whatIsNoPluginKeepsNothingThatItDoesNotShow() throws Exception {
        List<Callable<List<Kept>>> rounds = new ArrayList<>();
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
    void noCheckAloneSaysAnythingForWhatIsNoPlugin() throws Exception {
        List<Callable<List<Kept>>> rounds = new ArrayList<>();
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
    void aHollowPluginKeepsWhatItHasShownAndNoMore() throws Exception {
        List<Callable<List<Kept>>> rounds = new ArrayList<>();
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
        List<Kept> kept = together(Wreck.SETTINGS_THEN_NOTHING.subject(directory),
                settings(Wreck.SETTINGS_THEN_NOTHING, Kind.EXPORTER));
        assertThat(kept).extracting(Kept::clause).containsExactly(Clause.T01, Clause.T03);
    }
}
