package dev.kloset.resilience;

import dev.kloset.support.Retries;
import dev.kloset.support.Sentence;
import java.net.ConnectException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts retries and their reasons, for a line at the end. Safe for any number of threads. */
public final class RetryTally {

    private static final int MAX_REASONS = 10;
    private static final String OTHERS = "other reasons";

    private final Map<String, Long> reasons = new TreeMap<>(); // guarded by this; bounded by MAX_REASONS
    private long retries; // guarded by this

    /** Make a tally that has counted nothing. */
    public RetryTally() {}

    void count(Throwable reason) {
        String sentence = Sentence.of(deepest(reason));
        Retries.report(sentence);
        count(sentence);
    }

    private synchronized void count(String sentence) {
        retries++;
        boolean known = reasons.containsKey(sentence) || reasons.size() < MAX_REASONS;
        reasons.merge(known ? sentence : OTHERS, 1L, Long::sum);
    }

    /**
     * {@return the innermost useful cause} The cause is the same on every path; the operation that failed differs. Below a
     * connection's exception there are only internals of the client.
     */
    private static Throwable deepest(Throwable error) {
        Throwable reason = error;
        for (Throwable cause = reason.getCause(); cause != null && !(reason instanceof ConnectException); cause = reason
                .getCause()) {
            reason = cause;
        }
        return reason;
    }

    /** {@return the number of retries so far} */
    public synchronized long retries() {
        return retries;
    }

    /** {@return the number of retries and how often each reason occurred, such as {@code 3 retries (2 × connection reset, 1 × …)}} */
    @Override
    public synchronized String toString() {
        String number = retries == 1 ? "1 retry" : retries + " retries";
        return retries == 0
                ? "no retries"
                : number + reasons.entrySet()
                        .stream()
                        .map(reason -> reason.getValue() + " × " + reason.getKey())
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
