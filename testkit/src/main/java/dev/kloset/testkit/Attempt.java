package dev.kloset.testkit;

import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.StatusException;
import java.util.Map;

/** One check, run once on a thread of its own. */
final class Attempt implements Runnable {

    private final Clause clause;
    private final Check check;
    private final Bench bench;
    private final Map<Clause, Outcome.Failed> blame;
    private volatile Outcome outcome = new Outcome.NotApplicable("the check did not end");

    Attempt(Clause clause, Check check, Bench bench, Map<Clause, Outcome.Failed> blame) {
        this.clause = clause;
        this.check = check;
        this.bench = bench;
        this.blame = blame;
    }

    @Override
    public void run() {
        try {
            check.run(bench);
            outcome = bench.evidence.missing()
                    .<Outcome>map(Outcome.NotApplicable::new)
                    .orElseGet(Outcome.Passed::new);
        } catch (ClauseFailedException e) {
            outcome = e.failure();
        } catch (NotApplicableException e) {
            outcome = new Outcome.NotApplicable(e.reason());
        } catch (BlockedException e) {
            if (e.by() == clause) {
                outcome = e.failure().failure();
            } else {
                outcome = new Outcome.NotApplicable(e.by() + " is broken, so nothing can be said");
                synchronized (blame) {
                    blame.putIfAbsent(e.by(), e.failure().failure());
                }
            }
        } catch (StatusException e) {
            outcome = new Outcome.Failed("calls that succeed", Session.words(e));
        } catch (Exception e) {
            outcome = new Outcome.Failed("a check that can be made", Sentence.of(e));
        }
    }

    Outcome outcome() {
        return outcome;
    }
}
