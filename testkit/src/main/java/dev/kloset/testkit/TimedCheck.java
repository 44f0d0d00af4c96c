package dev.kloset.testkit;

import java.time.Duration;
import java.util.Map;

/** One check on a thread of its own, and what is done when its time is over. */
record TimedCheck(Ground ground, Clause clause, Check check, Map<Clause, Outcome.Failed> blame) {

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    ClauseResult run() throws InterruptedException {
        long start = System.nanoTime();
        Bench bench = new Bench(ground);
        Attempt attempt = new Attempt(clause, check, bench, blame);
        Thread thread = Thread.ofVirtual().name("check " + clause).start(attempt);
        Outcome outcome;
        try (bench) {
            outcome = thread.join(ground.settings.limit()) ? attempt.outcome() : cutOff(bench, thread);
        } catch (InterruptedException e) {
            bench.kill();
            throw e;
        }
        return new ClauseResult(clause, outcome, Duration.ofNanos(System.nanoTime() - start), bench.notes());
    }

    private Outcome cutOff(Bench bench, Thread thread) throws InterruptedException {
        bench.kill();
        thread.interrupt();
        thread.join(AFTER_KILL);
        return new Outcome.Failed("an end within " + ground.settings.limit().toSeconds() + " s",
                "the check was still waiting for the plugin then, and its processes were killed");
    }
}
