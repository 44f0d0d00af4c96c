package dev.kloset.kafka;

import dev.kloset.kafka.layout.GroupKind;
import dev.kloset.kafka.layout.GroupOffset;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.Records;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A restore in a process of its own, so that a test can kill it. */
final class RestoreMain {

    static final int RECORDS = 6000;

    private RestoreMain() {}

    static List<ConsumerRecord<byte[], byte[]>> records() {
        return LongStream.range(0, RECORDS).mapToObj(i -> Records.of(i, i, "k" + i, "v" + i)).toList();
    }

    static SnapshotFiles snapshot() throws Exception {
        return new MadeSnapshot().topic("long", Map.of("cleanup.policy", "compact"), records(), records())
                .group("reader", GroupKind.CONSUMER, new GroupOffset("long", 0, 5000, null, ""))
                .whole();
    }

    /** Restore, but for the last file of records until a gate is open: a restore that has come to its end can no longer be killed. */
    static void restore(Map<String, String> settings, CountDownLatch gate) throws Exception {
        long last = (RECORDS - 1) / MadeSnapshot.WINDOW * MadeSnapshot.WINDOW;
        snapshot().restore(settings, Layout.window("long", 1, last), gate);
    }

    /**
     * Restore until it is killed.
     *
     * @param args the location
     */
    public static void main(String[] args) throws Exception {
        restore(Map.of("location", args[0]), new CountDownLatch(1));
    }
}
