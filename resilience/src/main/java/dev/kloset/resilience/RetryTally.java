package dev.kloset.resilience;

import dev.kloset.support.Retries;
import dev.kloset.support.Sentence;
import java.net.ConnectException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what was tried again, and why, for a line at the end. For any number of threads. */
public final class RetryTally {

    private static final int MAX_REASONS = 10;
    private static final String OTHERS = "other reasons";

    private final Map<String, Long> reasons = new TreeMap<>(); // guarded by this; bounded by MAX_REASONS
    private long retries; // guarded by this

    void count(Throwable reason) {
        String sentence = Sentence.of(deepest(reason));
        Retries.tell(sentence);
        count(sentence);
    }

    private synchronized void count(String sentence) {
        retries++;
        boolean known = reasons.containsKey(sentence) || reasons.size() < MAX_REASONS;
        reasons.merge(known ? sentence : OTHERS, 1L, Long::sum);
    }

    /**
     * What happened is the same on every path; what was tried then is not. Below an exception of connecting there are only parts of
     * the client.
     */
    private static Throwable deepest(Throwable error) {
        Throwable reason = error;
        for (Throwable cause = reason.getCause(); cause != null && !(reason instanceof ConnectException); cause = reason
                .getCause()) {
            reason = cause;
        }
        return reason;
    }

    /** {@return how often something was tried again so far} */
    public synchronized long retries() {
        return retries;
    }

    /** {@return the number of retries and how often which reason was given, such as {@code 3 retries (2 × connection reset, 1 × …)}} */
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
