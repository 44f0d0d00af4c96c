package dev.kloset.cli.compare;

import java.util.Map;

/**
 * The outcome of a comparison.
 *
 * @param differences how many differences there are of each sort, by {@link Difference#what}
 * @param leftOut the aspects that were not compared, with the reason
 * @param timeUnit the part of a second to which times were compared, in nanoseconds
 */
public record Verdict(Traits a, Traits b, Map<String, Long> differences, Map<Aspect, String> leftOut, int timeUnit) {

    public boolean equal() {
        return differences.isEmpty();
    }

    /** {@return how many differences there are in all} */
    public long count() {
        return differences.values().stream().mapToLong(Long::longValue).sum();
    }
}
