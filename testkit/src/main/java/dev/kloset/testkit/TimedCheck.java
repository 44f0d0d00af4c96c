package dev.kloset.testkit;

import dev.kloset.testkit.clause.Check;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.RunContext;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Outcome;
import java.time.Duration;
import java.util.Map;

/** Runs one check on a thread of its own, and stops it when its time is over. */
record TimedCheck(RunContext runContext, Clause clause, Check check, Map<Clause, Outcome.Failed> blame) {

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    ClauseResult run() throws InterruptedException {
        long start = System.nanoTime();
        CheckContext context = new CheckContext(runContext);
        CheckTask task = new CheckTask(clause, check, context, blame);
        Thread thread = Thread.ofVirtual().name("check " + clause).start(task);
        Outcome outcome;
        try (context) {
            outcome = thread.join(runContext.settings.limit()) ? task.outcome() : cutOff(context, thread);
        } catch (InterruptedException e) {
            context.kill();
            throw e;
        }
        return new ClauseResult(clause, outcome, Duration.ofNanos(System.nanoTime() - start), context.notes());
    }

    private Outcome cutOff(CheckContext context, Thread thread) throws InterruptedException {
        context.kill();
        thread.interrupt();
        thread.join(AFTER_KILL);
        return new Outcome.Failed("an end within " + runContext.settings.limit().toSeconds() + " s",
                "the check was still waiting for the plugin then, and its processes were killed");
    }
}
