package dev.kloset.testkit;

import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks every clause that concerns a kind of connector, one after the other, each with processes of its own. Ends whatever
 * the plugin does: a check has its time, and after it the processes are killed.
 */
public final class Checker {

    /** Clauses without which nothing else can be told. */
    private static final List<Clause> FIRST = List.of(Clause.T03, Clause.T01, Clause.L01);
    /** Clauses that judge what all the others have seen. */
    private static final List<Clause> LAST = List.of(Clause.T02, Clause.T06, Clause.T08, Clause.T11, Clause.T12,
            Clause.L12, Clause.L15);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    /** A path on this machine, and then the directory of a check, which is somewhere else. */
    private static final Pattern MISPLACED = Pattern
            .compile("([^:/]*://)/+[^/{].*" + Pattern.quote(Ground.TEMP) + ".*");

    private final Ground ground;
    private final Map<Clause, Check> checks;
    private final Map<Clause, ClauseResult> results = new EnumMap<>(Clause.class);
    private final Map<Clause, Outcome.Failed> blame = new EnumMap<>(Clause.class);
    private final Consumer<ClauseResult> progress;

    private Checker(Subject subject, CheckSettings settings, Consumer<ClauseResult> progress) {
        this.ground = new Ground(subject, settings);
        this.checks = Checks.of(settings.kind());
        this.progress = progress;
    }

    /**
     * Check everything.
     *
     * @param progress is told every result as soon as it is known, on the calling thread
     * @throws CannotCheckException if the plugin cannot be started, refuses its settings, or the location must not be touched
     */
    public static Conformance run(Subject subject, CheckSettings settings, Consumer<ClauseResult> progress)
            throws IOException, InterruptedException {
        Matcher misplaced = MISPLACED.matcher(settings.config().getOrDefault("location", ""));
        if (misplaced.matches()) {
            throw new CannotCheckException("{temp} stands for the whole path of a directory, so nothing can stand "
                    + "before it: name " + misplaced.group(1) + "{temp}");
        }
        return new Checker(subject, settings, progress).run();
    }

    /** {@return the clauses that have a check} For the proof that none is forgotten. */
    static Set<Clause> checked() {
        Set<Clause> all = EnumSet.noneOf(Clause.class);
        for (Kind kind : Kind.values()) {
            all.addAll(Checks.of(kind).keySet());
        }
        return all;
    }

    private Conformance run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        CleanUp cleanUp = new CleanUp(ground);
        String identity = "unknown";
        List<String> left;
        try {
            identity = meet();
            for (Clause clause : order()) {
                check(clause);
            }
        } finally {
            left = cleanUp.run();
        }
        settleBlame();
        List<ClauseResult> sorted = new ArrayList<>(results.values());
        return new Conformance(ground.subject.name(), ground.settings.kind(), identity, sorted,
                Duration.ofNanos(System.nanoTime() - start), left);
    }

    /** {@return what the plugin is; a plugin that refuses the settings it was given cannot be checked} */
    private String meet() throws IOException, InterruptedException {
        try (Bench bench = new Bench(ground)) {
            Session session = bench.start();
            Fields answer = session.unary("Init", session.initRequest(bench.config()));
            if (ground.settings.kind() == Kind.STORAGE && !ground.hasFreshPlaces()) {
                refuseRepository(session);
            }
            return Identity.of(answer).words();
        } catch (StatusException e) {
            throw new CannotCheckException(
                    "the plugin refuses the settings it was given: " + Sentence.of(e.status().message()));
        } catch (CannotCheckException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return "unknown"; // a clause will fail about it
        }
    }

    private static void refuseRepository(Session session) throws Exception {
        try {
            session.unary("Open");
        } catch (StatusException e) {
            return;
        }
        throw new CannotCheckException(
                "the location holds a repository already, and checks write and delete: name an empty one");
    }

    private List<Clause> order() {
        List<Clause> order = new ArrayList<>(FIRST);
        for (Clause clause : Clause.values()) {
            if (clause.concerns(ground.settings.kind()) && !FIRST.contains(clause) && !LAST.contains(clause)) {
                order.add(clause);
            }
        }
        order.addAll(LAST);
        return order;
    }

    private void check(Clause clause) throws InterruptedException {
        Check check = checks.get(clause);
        ClauseResult result = check == null
                ? new ClauseResult(clause, new Outcome.NotApplicable("not checked: " + clause.how()), Duration.ZERO,
                        List.of())
                : blockedFromTheStart(clause) != null
                        ? new ClauseResult(clause,
                                new Outcome.NotApplicable(
                                        blockedFromTheStart(clause) + " is broken, so nothing can be said"),
                                Duration.ZERO, List.of())
                        : timed(clause, check);
        results.put(clause, result);
        if (result.outcome() instanceof Outcome.Failed || result.outcome() instanceof Outcome.Waived) {
            ground.broken(clause);
        }
        progress.accept(result);
    }

    private @Nullable Clause blockedFromTheStart(Clause clause) {
        if (LAST.contains(clause)) {
            return null;
        }
        return FIRST.stream()
                .filter(first -> first != clause && results.containsKey(first)
                        && (results.get(first).failed() || results.get(first).outcome() instanceof Outcome.Waived))
                .findFirst()
                .orElse(null);
    }

    private ClauseResult timed(Clause clause, Check check) throws InterruptedException {
        long start = System.nanoTime();
        Bench bench = new Bench(ground);
        Attempt attempt = new Attempt(clause, check, bench, blame);
        Thread thread = Thread.ofVirtual().name("check " + clause).start(attempt);
        Outcome outcome;
        try (bench) {
            if (thread.join(ground.settings.limit())) {
                outcome = attempt.outcome();
            } else {
                bench.kill();
                thread.interrupt();
                thread.join(AFTER_KILL);
                outcome = new Outcome.Failed("an end within " + ground.settings.limit().toSeconds() + " s",
                        "the check was still waiting for the plugin then, and its processes were killed");
            }
        } catch (InterruptedException e) {
            bench.kill();
            throw e;
        }
        return new ClauseResult(clause, waived(clause, outcome), Duration.ofNanos(System.nanoTime() - start),
                bench.notes());
    }

    private Outcome waived(Clause clause, Outcome outcome) {
        String reason = ground.settings.waivers().get(clause);
        return reason != null && outcome instanceof Outcome.Failed failed
                ? new Outcome.Waived(reason, failed)
                : outcome;
    }

    /** A failure that one check met and another clause is to blame for must show there, whatever its own check saw. */
    private void settleBlame() {
        blame.forEach((clause, failure) -> {
            ClauseResult result = results.get(clause);
            if (result != null && !result.failed() && !(result.outcome() instanceof Outcome.Waived)) {
                results.put(clause, new ClauseResult(clause, waived(clause, failure), result.time(), result.notes()));
            }
        });
    }
}
