package dev.kloset.testkit.contract;

import dev.kloset.ConfigModel;
import dev.kloset.ConnectorConfig;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** How long a connector may try by its own settings before it gives up. */
final class TimeOuts {

    /** For what happens beside the waits. */
    static final Duration MARGIN = Duration.ofSeconds(10);

    /** So many answers in one check may take that long each. */
    static final int WAITS = 5;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Parts of keys. Other durations, such as the length of a lease, are no waits for an answer. */
    private static final Pattern WAIT = Pattern.compile("timeout|time_out|give_up|patience|retry|retries|wait");

    private TimeOuts() {}

    /** {@return the time-outs one after the other, as one may follow the other} */
    static Duration sum(ConfigModel<?> model, Map<String, String> config) {
        Duration sum = Duration.ZERO;
        for (Map.Entry<String, Duration> each : model.durations(ConnectorConfig.of(config)).entrySet()) {
            if (WAIT.matcher(each.getKey()).find()) {
                sum = sum.plus(each.getValue());
            }
        }
        return sum.compareTo(LONGEST) > 0 ? LONGEST : sum;
    }
}
