package dev.kloset.testkit.junit;

import dev.kloset.Plugin;
import dev.kloset.testkit.StoreModel;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.subject.InProcessSubject;
import dev.kloset.testkit.subject.PipeProfile;
import dev.kloset.testkit.subject.Subject;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * Every clause that concerns stores, as tests of one connector, and sequences of arbitrary calls, each of which the store must
 * answer as a map would. The location should contain {@code {temp}}.
 *
 * <p>A failing sequence is reported as the shortest found to fail, with the seed that finds it again. {@code
 * -Dkloset.rounds=10000} tries more sequences, {@code -Dkloset.seed=4711} others.
 */
public abstract class StoreContract extends ConnectorContract {

    private static final int ROUNDS = 50;
    /** The divisor of the rounds over a hostile pipe and in processes, which take long. */
    private static final int FEWER = 10;

    /** Called by JUnit for every test. */
    protected StoreContract() {
        super(Plugin.Kind.STORAGE);
    }

    /** {@return how many sequences to try in process} A hostile pipe and the packaged process get a tenth as many. */
    protected int rounds() {
        return Integer.getInteger("kloset.rounds", ROUNDS);
    }

    /** {@return the seed of the first sequence; the next one has the next seed} */
    protected long firstSeed() {
        return Long.getLong("kloset.seed", 1);
    }

    @Test
    final void anyCallsAreAnsweredAsByAMapInProcess() throws Exception {
        search(new InProcessSubject(plugin(), PipeProfile.ORDINARY), rounds());
    }

    @Test
    final void anyCallsAreAnsweredAsByAMapOverAHostilePipe() throws Exception {
        search(new InProcessSubject(plugin(), PipeProfile.HOSTILE), Math.ceilDiv(rounds(), FEWER));
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
