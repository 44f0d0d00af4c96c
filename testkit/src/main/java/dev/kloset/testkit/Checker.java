package dev.kloset.testkit;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.clause.Checks;
import dev.kloset.testkit.contract.CannotCheckException;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.subject.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Checks every clause that concerns a kind of connector. To check clauses one by one, see {@link CheckRun}. */
public final class Checker {

    private Checker() {}

    /**
     * Check everything. Returns whatever the plugin does.
     *
     * @param progress receives every result as soon as it is known, on the calling thread
     * @throws CannotCheckException if the plugin cannot be started, refuses its settings, or the location must not be touched
     */
    public static Conformance run(Subject subject, CheckSettings settings, Consumer<ClauseResult> progress)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        CheckRun run = CheckRun.begin(subject, settings);
        List<String> left;
        try {
            for (Clause clause : run.clauses()) {
                progress.accept(run.check(clause));
            }
        } finally {
            left = run.end();
        }
        return new Conformance(subject.name(), settings.kind(), run.identity(), run.results(),
                Duration.ofNanos(System.nanoTime() - start), left);
    }

    /** {@return the clauses that have a check} A test compares them with all clauses, so that none is forgotten. */
    static Set<Clause> checked() {
        Set<Clause> all = EnumSet.noneOf(Clause.class);
        for (Kind kind : Kind.values()) {
            all.addAll(Checks.of(kind).keySet());
        }
        return all;
    }
}
