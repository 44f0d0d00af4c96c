package dev.kloset.testkit.junit;

import dev.kloset.Plugin;
import dev.kloset.testkit.CheckSettings;
import dev.kloset.testkit.InProcessSubject;
import dev.kloset.testkit.PipeManner;
import dev.kloset.testkit.StoreModel;
import dev.kloset.testkit.Subject;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * Every clause that concerns stores, as tests of one connector, and arbitrary calls one after another, each answered as a map
 * would answer it. Its location should have {@code {temp}} in it.
 *
 * <p>A failure of the latter names the shortest sequence that was found to fail, and the seed that finds it again. {@code
 * -Dkloset.rounds=10000} tries more sequences, {@code -Dkloset.seed=4711} others.
 */
public abstract class StoreContract extends ConnectorContract {

    private static final int ROUNDS = 50;
    /** Sequences over a hostile pipe and in processes take long. */
    private static final int FEWER = 10;

    /** Called by JUnit for every test. */
    protected StoreContract() {
        super(Plugin.Kind.STORAGE);
    }

    /** {@return how many sequences are tried in process; a tenth of them over a hostile pipe and in the packaged process} */
    protected int rounds() {
        return Integer.getInteger("kloset.rounds", ROUNDS);
    }

    /** {@return the seed of the first sequence; the next one has the next seed} */
    protected long firstSeed() {
        return Long.getLong("kloset.seed", 1);
    }

    @Test
    final void anyCallsAreAnsweredAsByAMapInProcess() throws Exception {
        search(new InProcessSubject(plugin(), PipeManner.ORDINARY), rounds());
    }

    @Test
    final void anyCallsAreAnsweredAsByAMapOverAHostilePipe() throws Exception {
        search(new InProcessSubject(plugin(), PipeManner.HOSTILE), Math.ceilDiv(rounds(), FEWER));
    }

    @Test
    final void anyCallsAreAnsweredAsByAMapInTheProcess() throws Exception {
        Subject process = process().orElseThrow(() -> new TestAbortedException("no process was named"));
        search(process, Math.ceilDiv(rounds(), FEWER));
    }

    private void search(Subject subject, int rounds) throws Exception {
        CheckSettings settings = settings().build();
        if (!settings.hasFreshPlaces()) {
            throw new TestAbortedException(
                    "only a location with {temp} in it has room for one repository after another");
        }
        new StoreModel(subject, settings).search(firstSeed(), rounds).ifPresent(Found::fail);
    }
}
