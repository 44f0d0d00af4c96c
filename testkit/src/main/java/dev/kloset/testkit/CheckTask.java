package dev.kloset.testkit;

import dev.kloset.support.Sentence;
import dev.kloset.testkit.clause.Check;
import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.Outcome;
import dev.kloset.wire.grpc.StatusException;
import java.util.Map;

/** Runs one check once, on a thread of its own. */
final class CheckTask implements Runnable {

    private final Clause clause;
    private final Check check;
    private final CheckContext context;
    private final Map<Clause, Outcome.Failed> blame;
    private volatile Outcome outcome = new Outcome.NotApplicable("the check did not end");

    CheckTask(Clause clause, Check check, CheckContext context, Map<Clause, Outcome.Failed> blame) {
        this.clause = clause;
        this.check = check;
        this.context = context;
        this.blame = blame;
    }

    @Override
    public void run() {
        try {
            check.run(context);
            outcome = context.evidence.missing()
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
            outcome = new Outcome.Failed("calls that succeed", PluginConnection.words(e));
        } catch (Exception e) {
            outcome = new Outcome.Failed("a check that can be made", Sentence.of(e));
        }
    }

    Outcome outcome() {
        return outcome;
    }
}
