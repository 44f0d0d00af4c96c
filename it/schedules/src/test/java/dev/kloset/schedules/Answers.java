package dev.kloset.schedules;

import dev.kloset.ConnectorRecord;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What an author answered to the records of an export, and what reached the host. Safe for several threads. */
final class Answers {

    private static final String NONE_CAME = "gave no result";

    private final Set<String> oks = ConcurrentHashMap.newKeySet();
    private final Map<String, Trick> tricks = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> sent = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> came = new ConcurrentHashMap<>();
    private final Map<String, String> errors = new ConcurrentHashMap<>();

    // ---- the author's side

    void handling(ConnectorRecord record, Trick trick) {
        tricks.put(record.pathname(), trick);
    }

    void ok(ResultSink results, ConnectorRecord record) throws IOException, InterruptedException {
        oks.add(record.pathname());
        results.ok(record);
    }

    // ---- the host's side

    void sent(ConnectorRecord record) {
        sent.computeIfAbsent(record.pathname(), _ -> new AtomicInteger()).incrementAndGet();
    }

    /**
     * @param error the reason for a failure; empty for a success
     */
    void came(ConnectorRecord record, String error) {
        came.computeIfAbsent(record.pathname(), _ -> new AtomicInteger()).incrementAndGet();
        errors.put(record.pathname(), error);
    }

    int okCount() {
        return (int) errors.values().stream().filter(String::isEmpty).count();
    }

    /**
     * Judge the answers, after all threads have gone.
     *
     * @param ok whether the export succeeded
     * @param quiet whether nothing has happened that could explain a failure
     */
    void judge(boolean ok, boolean quiet, Queue<String> defects) {
        came.forEach((pathname, count) -> {
            if (count.get() != 1) {
                defects.add(pathname + " has " + count + " results");
            }
        });
        errors.forEach((pathname, error) -> {
            if (error.isEmpty() && !oks.contains(pathname)) {
                defects.add(pathname + " is said to be restored, and the author never said so");
            }
            if (error.contains(NONE_CAME)) {
                defects.add(pathname + " got no result of the plugin");
            }
            if (quiet && !error.isEmpty() && tricks.get(pathname) == Trick.NONE) {
                defects.add(pathname + ", with which nothing was wrong, failed: " + error);
            }
        });
        if (ok && !came.keySet().equals(sent.keySet())) {
            defects.add("of " + sent.size() + " records " + came.size() + " have a result in an export that succeeded");
        }
    }
}
