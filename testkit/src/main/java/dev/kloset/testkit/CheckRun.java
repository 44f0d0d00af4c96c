package dev.kloset.testkit;

import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import dev.kloset.testkit.clause.Check;
import dev.kloset.testkit.clause.Checks;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.CleanUp;
import dev.kloset.testkit.connection.Identity;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.RawMessage;
import dev.kloset.testkit.connection.RunContext;
import dev.kloset.testkit.contract.CannotCheckException;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Outcome;
import dev.kloset.testkit.subject.Subject;
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
 * Checks the clauses that concern a kind of connector, one after the other. Each check runs when you ask for it and starts
 * processes of its own. Use it from one thread and close it: closing removes what the checks have made.
 */
public final class CheckRun implements AutoCloseable {

    /** The other clauses can be judged only if the plugin keeps these. */
    private static final List<Clause> FIRST = List.of(Clause.T03, Clause.T01, Clause.L01);
    /** Clauses that judge what all the other checks have seen. */
    private static final List<Clause> LAST = List.of(Clause.T02, Clause.T06, Clause.T08, Clause.T11, Clause.T12,
            Clause.L12, Clause.L15);
    /** Matches a path on this machine, followed by the directory of a check, which is somewhere else. */
    private static final Pattern MISPLACED = Pattern
            .compile("([^:/]*://)/+[^/{].*" + Pattern.quote(CheckSettings.TEMP) + ".*");

    private final RunContext runContext;
    private final Map<Clause, Check> checks;
    private final Map<Clause, ClauseResult> results = new EnumMap<>(Clause.class);
    private final Map<Clause, Outcome.Failed> blame = new EnumMap<>(Clause.class); // guarded by itself
    private final CleanUp cleanUp;
    private final String identity;

    private CheckRun(RunContext runContext, String identity) {
        this.runContext = runContext;
        this.checks = Checks.of(runContext.settings.kind());
        this.cleanUp = new CleanUp(runContext);
        this.identity = identity;
    }

    /**
     * Meet the plugin before the first check.
     *
     * @throws CannotCheckException if the plugin cannot be started, refuses its settings, or the location must not be touched
     */
    public static CheckRun begin(Subject subject, CheckSettings settings) throws IOException, InterruptedException {
        Matcher misplaced = MISPLACED.matcher(settings.config().getOrDefault("location", ""));
        if (misplaced.matches()) {
            throw new CannotCheckException("{temp} stands for the whole path of a directory, so nothing can stand "
                    + "before it: name " + misplaced.group(1) + "{temp}");
        }
        RunContext runContext = new RunContext(subject, settings);
        try {
            subject.rehearse(recording -> Rehearsal.with(recording, settings));
            return new CheckRun(runContext, meet(runContext));
        } catch (IOException | InterruptedException e) {
            new CleanUp(runContext).run();
            throw e;
        }
    }

    /** {@return a run that skips the meeting} It proves that no check passes a plugin that cannot be met. */
    public static CheckRun unmet(Subject subject, CheckSettings settings) {
        return new CheckRun(new RunContext(subject, settings), "unknown");
    }

    /** {@return what the plugin is; a plugin that refuses its settings cannot be checked} */
    private static String meet(RunContext runContext) throws IOException, InterruptedException {
        try (CheckContext context = new CheckContext(runContext)) {
            PluginConnection connection = context.start();
            RawMessage answer = connection.unary("Init", connection.initRequest(context.config()));
            if (runContext.settings.kind() == Kind.STORAGE && !runContext.hasFreshPlaces()) {
                refuseRepository(connection);
            }
            return Identity.of(answer).words();
        } catch (StatusException e) {
            throw new CannotCheckException(
                    "the plugin refuses the settings it was given: " + Sentence.of(e.status().message()));
        } catch (CannotCheckException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return "unknown"; // one of the clauses will report it
        }
    }

    private static void refuseRepository(PluginConnection connection) throws Exception {
        try {
            connection.unary("Open");
        } catch (StatusException e) {
            return;
        }
        throw new CannotCheckException(
                "the location holds a repository already, and checks write and delete: name an empty one");
    }

    /** {@return what the plugin says about itself: type, origin, root} */
    public String identity() {
        return identity;
    }

    /** {@return all clauses that concern the kind, in the order in which to check them} */
    public List<Clause> clauses() {
        List<Clause> order = new ArrayList<>(FIRST);
        for (Clause clause : Clause.values()) {
            if (clause.concerns(runContext.settings.kind()) && !FIRST.contains(clause) && !LAST.contains(clause)) {
                order.add(clause);
            }
        }
        order.addAll(LAST);
        return order;
    }

    /** Check one clause. Returns whatever the plugin does: each check has a time limit, after which its processes are killed. */
    public ClauseResult check(Clause clause) throws InterruptedException {
        Check check = checks.get(clause);
        Clause blocking = blockedFromTheStart(clause);
        ClauseResult result;
        if (check == null) {
            result = untimed(clause, "not checked: " + clause.how());
        } else if (blocking != null) {
            result = untimed(clause, blocking + " is broken, so nothing can be said");
        } else {
            result = withBlame(new TimedCheck(runContext, clause, check, blame).run());
        }
        results.put(clause, result);
        if (isBroken(result)) {
            runContext.broken(clause);
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

    /** A failure that one check met, but that breaks another clause, must count against that clause, whatever its own check saw. */
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
        String reason = runContext.settings.waivers().get(clause);
        return reason != null && outcome instanceof Outcome.Failed failed
                ? new Outcome.Waived(reason, failed)
                : outcome;
    }

    /**
     * {@return the results so far, in the order of the clauses} A clause that passed its own check may be broken by now,
     * because the check of another clause has met the failure.
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

    /** Remove what the checks have made, without reporting what could not be removed. */
    @Override
    public void close() {
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
