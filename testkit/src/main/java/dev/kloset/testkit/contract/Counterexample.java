package dev.kloset.testkit.contract;

/**
 * A value for which something fails that must never fail.
 *
 * @param seed the seed of the first failing value; the same seed gives the same value
 * @param value the smallest failing value found, in words
 * @param failure how that value fails
 * @param attempts how many smaller values were tried
 * @param successes how many of them failed as well, each the smallest until then
 */
public record Counterexample(long seed, String value, String failure, int attempts, int successes) {

    /** {@return all you need to see the value fail} */
    public String words() {
        return failure + "\nwith the smallest of " + (attempts + 1) + " that were tried:\n" + value
                + "\nfound with the seed " + seed + ", made smaller " + successes + " times; repeat with -Dkloset.seed="
                + seed + " -Dkloset.rounds=1";
    }
}
