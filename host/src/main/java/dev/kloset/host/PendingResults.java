package dev.kloset.host;

import dev.kloset.ConnectorRecord;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records that a plugin has received but not answered. Bounded by what the plugin takes in before it answers. */
final class PendingResults {

    private record Key(String pathname, String xattr) {

        static Key of(ConnectorRecord record) {
            return new Key(record.pathname(), record instanceof XattrRecord x ? x.type() + x.name() : "");
        }
    }

    // In the order of sending; a path that was sent twice has two waiting records. guarded by this
    private final Map<Key, Deque<ConnectorRecord>> records = new LinkedHashMap<>();

    synchronized void add(ConnectorRecord record) {
        records.computeIfAbsent(Key.of(record), _ -> new ArrayDeque<>(1)).addLast(record);
    }

    /** {@return the oldest waiting record with the same name as {@code like}, after removing it} */
    synchronized @Nullable ConnectorRecord remove(ConnectorRecord like) {
        Key key = Key.of(like);
        Deque<ConnectorRecord> waiting = records.get(key);
        if (waiting == null) {
            return null;
        }
        ConnectorRecord eldest = waiting.pollFirst();
        if (waiting.isEmpty()) {
            records.remove(key);
        }
        return eldest;
    }

    void failAll(ResultSink results, String why) throws IOException, InterruptedException {
        List<ConnectorRecord> rest;
        synchronized (this) {
            rest = records.values().stream().flatMap(Deque::stream).toList();
            records.clear();
        }
        for (ConnectorRecord record : rest) {
            results.error(record, why);
        }
    }
}
