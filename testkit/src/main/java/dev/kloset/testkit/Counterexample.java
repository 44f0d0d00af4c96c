package dev.kloset.testkit;

/**
 * A value with which something fails that must never fail.
 *
 * @param seed of the value that was found first; the same seed gives the same value
 * @param value the smallest one that was found, in words
 * @param failure how it fails
 * @param attempts how many smaller values were tried
 * @param successes how many of them failed as well, each the smallest until then
 */
public record Counterexample(long seed, String value, String failure, int attempts, int successes) {

    /** {@return everything somebody needs who wants to see it fail} */
    public String words() {
        return failure + "\nwith the smallest of " + (attempts + 1) + " that were tried:\n" + value
                + "\nfound with the seed " + seed + ", made smaller " + successes + " times; repeat with -Dkloset.seed="
                + seed + " -Dkloset.rounds=1";
    }
}
