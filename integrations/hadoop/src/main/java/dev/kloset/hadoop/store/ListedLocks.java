package dev.kloset.hadoop.store;

import dev.kloset.ObjectMac;
import dev.kloset.ParallelListing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the most recently listed locks. A host lists the locks and then gets each. If the command that holds a lock ends
 * in between, the Get fails, and with it the whole backup. So a listed lock remains readable for a while after another process
 * has deleted it, as if the Get had come at once: see docs/design/0023. Safe for any number of threads.
 */
final class ListedLocks {

    private static final Duration READABLE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 16;
    /** A lock has some 100 bytes. Larger ones, and those beyond the maximum number, are read only from the store. */
    static final int MOST_BYTES = 4096;
    private static final int MOST = 1000;

    /** Reads a lock from the store. */
    @FunctionalInterface
    interface Reader {

        /** {@return its first bytes} */
        byte[] read(ObjectMac mac, int most) throws IOException, InterruptedException;
    }

    private final Reader reader;
    private final LongSupplier nanos;
    private final Map<ObjectMac, byte[]> kept = new ConcurrentHashMap<>();
    private long since; // guarded by this

    ListedLocks(Reader reader, LongSupplier nanos) {
        this.reader = reader;
        this.nanos = nanos;
    }

    /** {@return the locks of {@code listed} that still exist} They remain readable for a while. */
    synchronized List<ObjectMac> keep(List<ObjectMac> listed) throws IOException, InterruptedException {
        kept.clear();
        since = nanos.getAsLong();
        Collection<ObjectMac> there = new ConcurrentLinkedQueue<>(listed.stream().skip(MOST).toList());
        List<ObjectMac> read = listed.stream().limit(MOST).toList();
        ParallelListing.with(AT_ONCE).run(tasks -> {
            for (ObjectMac mac : read) {
                tasks.add(() -> keep(mac, there));
            }
        });
        return new ArrayList<>(there);
    }

    private void keep(ObjectMac mac, Collection<ObjectMac> there) throws InterruptedException {
        try {
            byte[] bytes = reader.read(mac, MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                kept.put(mac, bytes);
            }
            there.add(mac);
        } catch (FileNotFoundException e) {
            kept.remove(mac);
        } catch (IOException e) {
            there.add(mac); // the Get will report the reason
        }
    }

    /** {@return a lock that is no longer in the store; null unless it was listed a moment ago} */
    synchronized byte @Nullable [] get(ObjectMac mac) {
        return nanos.getAsLong() - since < READABLE.toNanos() ? kept.get(mac) : null;
    }

    /** Forget a lock that this process has deleted or replaced in the store. */
    synchronized void forget(ObjectMac mac) {
        kept.remove(mac);
    }
}
