package dev.kloset.testkit.contract;

import dev.kloset.Plugin.Kind;
import java.time.Duration;
import java.util.List;

/**
 * The results of checking all clauses against one plugin.
 *
 * @param subject the plugin, as the user named it
 * @param identity what the plugin says about itself: type, origin, root
 * @param left what could not be cleaned up, one sentence each; usually empty
 */
public record Conformance(String subject, Kind kind, String identity, List<ClauseResult> results, Duration time,
        List<String> left) {

    /** Copy the results. */
    public Conformance {
        results = List.copyOf(results);
        left = List.copyOf(left);
    }

    /** {@return the clauses that are broken and not waived} */
    public List<ClauseResult> failures() {
        return results.stream().filter(ClauseResult::failed).toList();
    }

    /** {@return how many clauses have an outcome of that type} */
    public long count(Class<? extends Outcome> type) {
        return results.stream().filter(result -> type.isInstance(result.outcome())).count();
    }
}
