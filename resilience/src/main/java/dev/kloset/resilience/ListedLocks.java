package dev.kloset.resilience;

import dev.kloset.ObjectMac;
import dev.kloset.ParallelListing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the locks that a store listed last. A host lists the locks and then gets each. If the command that holds a lock ends
 * in between, the Get fails, and with it the whole backup. So a listed lock remains readable for a minute after another process has
 * deleted it, as if the Get had come at once: docs/design/0023 says why this does no harm.
 *
 * <p>A store passes what it has listed through {@link #keep}, asks {@link #get} when a lock is not there, and calls {@link #forget}
 * after it has deleted or replaced one. The store itself always comes first.
 *
 * <p><b>Threads.</b> Safe for any number of threads. {@link #get} and {@link #forget} wait while {@link #keep} reads; the reader
 * limits its own waits.
 *
 * <p><b>Bounds.</b> It keeps the first 1,000 locks of a list, of at most 4 KiB each; a lock has some 100 bytes. What is beyond
 * either bound is listed, and readable only while the store has it.
 */
public final class ListedLocks {

    private static final Duration READABLE = Duration.ofMinutes(1);
    private static final int MOST_BYTES = 4096;
    private static final int MOST = 1000;

    /** Reads locks from the store itself, on any thread, and several at once. */
    @FunctionalInterface
    public interface Reader {

        /**
         * {@return the first bytes of a lock, all if it has no more than {@code most}}
         *
         * @throws NoSuchFileException or {@link FileNotFoundException} if the lock is not there; no other exception takes a lock
         *     off the list, as a host that does not see a lock deletes what its holder needs
         * @throws InterruptedException if the listing was cancelled
         */
        byte[] read(ObjectMac mac, int most) throws IOException, InterruptedException;
    }

    private final Reader reader;
    private final ParallelListing listing;
    private final Sleeper clock;
    private final Map<ObjectMac, byte[]> kept = new ConcurrentHashMap<>();
    private long since; // guarded by this

    /**
     * No lock has been listed.
     *
     * @param atOnce how many locks to read at once, at least 1: more if each answer takes a while
     */
    public ListedLocks(Reader reader, int atOnce) {
        this(reader, atOnce, Sleeper.SYSTEM);
    }

    ListedLocks(Reader reader, int atOnce, Sleeper clock) {
        this.reader = reader;
        this.listing = ParallelListing.with(atOnce);
        this.clock = clock;
    }

    /**
     * {@return the locks of {@code listed} that still exist, in the same order} They remain readable for a minute, or until the next
     * call. Reads each lock, and returns when all are read. A lock that cannot be read is listed: the Get will report the reason.
     *
     * @throws InterruptedException if this thread was interrupted, or the reader was
     */
    public synchronized List<ObjectMac> keep(List<ObjectMac> listed) throws IOException, InterruptedException {
        kept.clear();
        since = clock.nanoTime();
        Set<ObjectMac> gone = ConcurrentHashMap.newKeySet();
        listing.run(tasks -> {
            for (ObjectMac mac : listed.subList(0, Math.min(MOST, listed.size()))) {
                tasks.add(() -> read(mac, gone));
            }
        });
        return listed.stream().filter(mac -> !gone.contains(mac)).toList();
    }

    private void read(ObjectMac mac, Set<ObjectMac> gone) throws InterruptedException {
        try {
            byte[] bytes = reader.read(mac, MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                kept.put(mac, bytes);
            }
        } catch (NoSuchFileException | FileNotFoundException e) {
            gone.add(mac);
        } catch (IOException e) {
            return; // the Get will report the reason
        }
    }

    /**
     * {@return the bytes of a lock that is no longer in the store, not to be changed; null unless it was listed within the last
     * minute, and is within the bounds}
     */
    public synchronized byte @Nullable [] get(ObjectMac mac) {
        return clock.nanoTime() - since < READABLE.toNanos() ? kept.get(mac) : null;
    }

    /** Forget a lock after this process has deleted or replaced it in the store. Without effect if it is not kept. */
    public synchronized void forget(ObjectMac mac) {
        kept.remove(mac);
    }
}
