package dev.kloset.host;

import dev.kloset.ConnectorRecord;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records that a plugin has got but not answered. Bounded by what the plugin takes in before it answers. */
final class Unanswered {

    private record Key(String pathname, String xattr) {

        static Key of(ConnectorRecord record) {
            return new Key(record.pathname(), record instanceof XattrRecord x ? x.type() + x.name() : "");
        }
    }

    private final Map<Key, ConnectorRecord> records = new LinkedHashMap<>(); // guarded by this

    synchronized void add(ConnectorRecord record) {
        records.put(Key.of(record), record);
    }

    /** {@return our own record that is named like {@code like}, which is not waiting any more} */
    synchronized @Nullable ConnectorRecord remove(ConnectorRecord like) {
        return records.remove(Key.of(like));
    }

    void failAll(ResultSink results, String why) throws IOException, InterruptedException {
        List<ConnectorRecord> rest;
        synchronized (this) {
            rest = new ArrayList<>(records.values());
            records.clear();
        }
        for (ConnectorRecord record : rest) {
            results.error(record, why);
        }
    }
}
