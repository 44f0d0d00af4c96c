package dev.kloset.testkit;

import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The clauses that concern a kind of connector, checked one after the other and each when it is asked for, with processes of
 * its own. For one thread, which closes the run; that removes what the checks have made.
 */
public final class CheckRun implements AutoCloseable {

    /** Clauses without which nothing else can be told. */
    private static final List<Clause> FIRST = List.of(Clause.T03, Clause.T01, Clause.L01);
    /** Clauses that judge what all the others have seen. */
    private static final List<Clause> LAST = List.of(Clause.T02, Clause.T06, Clause.T08, Clause.T11, Clause.T12,
            Clause.L12, Clause.L15);
    /** A path on this machine, and then the directory of a check, which is somewhere else. */
    private static final Pattern MISPLACED = Pattern
            .compile("([^:/]*://)/+[^/{].*" + Pattern.quote(Ground.TEMP) + ".*");

    private final Ground ground;
    private final Map<Clause, Check> checks;
    private final Map<Clause, ClauseResult> results = new EnumMap<>(Clause.class);
    private final Map<Clause, Outcome.Failed> blame = new EnumMap<>(Clause.class); // guarded by itself
    private final CleanUp cleanUp;
    private final String identity;

    private CheckRun(Ground ground, String identity) {
        this.ground = ground;
        this.checks = Checks.of(ground.settings.kind());
        this.cleanUp = new CleanUp(ground);
        this.identity = identity;
    }

    /**
     * Meet the plugin, before any clause is checked.
     *
     * @throws CannotCheckException if the plugin cannot be started, refuses its settings, or the location must not be touched
     */
    public static CheckRun begin(Subject subject, CheckSettings settings) throws IOException, InterruptedException {
        Matcher misplaced = MISPLACED.matcher(settings.config().getOrDefault("location", ""));
        if (misplaced.matches()) {
            throw new CannotCheckException("{temp} stands for the whole path of a directory, so nothing can stand "
                    + "before it: name " + misplaced.group(1) + "{temp}");
        }
        Ground ground = new Ground(subject, settings);
        try {
            return new CheckRun(ground, meet(ground));
        } catch (IOException | InterruptedException e) {
            new CleanUp(ground).run();
            throw e;
        }
    }

    /** {@return a run without a meeting} For the proof that no check says anything for a plugin that cannot be met. */
    static CheckRun unmet(Subject subject, CheckSettings settings) {
        return new CheckRun(new Ground(subject, settings), "unknown");
    }

    /** {@return what the plugin is; a plugin that refuses the settings it was given cannot be checked} */
    private static String meet(Ground ground) throws IOException, InterruptedException {
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

    /** {@return what the plugin said of itself: type, origin, root} */
    public String identity() {
        return identity;
    }

    /** {@return all clauses that concern the kind, in the order in which they should be checked} */
    public List<Clause> clauses() {
        List<Clause> order = new ArrayList<>(FIRST);
        for (Clause clause : Clause.values()) {
            if (clause.concerns(ground.settings.kind()) && !FIRST.contains(clause) && !LAST.contains(clause)) {
                order.add(clause);
            }
        }
        order.addAll(LAST);
        return order;
    }

    /** Check one clause. Ends whatever the plugin does: a check has its time, and after it the processes are killed. */
    public ClauseResult check(Clause clause) throws InterruptedException {
        Check check = checks.get(clause);
        Clause blocking = blockedFromTheStart(clause);
        ClauseResult result;
        if (check == null) {
            result = untimed(clause, "not checked: " + clause.how());
        } else if (blocking != null) {
            result = untimed(clause, blocking + " is broken, so nothing can be said");
        } else {
            result = withBlame(new TimedCheck(ground, clause, check, blame).run());
        }
        results.put(clause, result);
        if (isBroken(result)) {
            ground.broken(clause);
        }
        return result;
    }

    private static ClauseResult untimed(Clause clause, String reason) {
        return new ClauseResult(clause, new Outcome.NotApplicable(reason), Duration.ZERO, List.of());
    }

    private @Nullable Clause blockedFromTheStart(Clause clause) {
        if (LAST.contains(clause)) {
            return null;
        }
        for (Clause first : FIRST) {
            ClauseResult result = results.get(first);
            if (first != clause && result != null && isBroken(result)) {
                return first;
            }
        }
        return null;
    }

    private static boolean isBroken(ClauseResult result) {
        return result.outcome() instanceof Outcome.Failed || result.outcome() instanceof Outcome.Waived;
    }

    /** A failure that one check met and another clause is to blame for must show there, whatever its own check saw. */
    private ClauseResult withBlame(ClauseResult result) {
        Outcome.Failed failure = blame(result.clause()).orElse(null);
        Outcome outcome = failure == null || isBroken(result) ? result.outcome() : failure;
        return new ClauseResult(result.clause(), waived(result.clause(), outcome), result.time(), result.notes());
    }

    private Optional<Outcome.Failed> blame(Clause clause) {
        synchronized (blame) {
            return Optional.ofNullable(blame.get(clause));
        }
    }

    private Outcome waived(Clause clause, Outcome outcome) {
        String reason = ground.settings.waivers().get(clause);
        return reason != null && outcome instanceof Outcome.Failed failed
                ? new Outcome.Waived(reason, failed)
                : outcome;
    }

    /**
     * {@return the results so far, in the order of the clauses} A clause that was kept by its own check may be broken by now,
     * because the check of another one has met the failure.
     */
    public List<ClauseResult> results() {
        List<ClauseResult> settled = new ArrayList<>();
        results.values().forEach(result -> settled.add(withBlame(result)));
        return settled;
    }

    /** Remove what the checks have made. {@return what could not be removed, one sentence each} */
    List<String> end() throws InterruptedException {
        return cleanUp.run();
    }

    /** Remove what the checks have made, as far as that can be done. */
    @Override
    public void close() {
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
