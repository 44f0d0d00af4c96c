package dev.kloset.files.store;

import dev.kloset.ObjectMac;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the most recently listed locks. A host lists the locks and then gets each. If the command that holds a lock ends
 * in between, the Get fails, and with it the whole backup. So a listed lock remains readable for a while after another process
 * has deleted it, as if the Get had come at once: see docs/design/0023. Safe for any number of threads.
 */
final class ListedLocks {

    private static final Duration READABLE = Duration.ofMinutes(1);
    /** A lock has some 100 bytes. Larger ones, and those beyond the maximum number, are read only from the disk. */
    private static final int MOST_BYTES = 4096;
    private static final int MOST = 1000;

    /** Finds the place of a lock on the disk. */
    @FunctionalInterface
    interface Place {
        Path of(ObjectMac mac) throws IOException;
    }

    private final Place place;
    private final LongSupplier nanos;
    // guarded by this
    private final Map<ObjectMac, byte[]> kept = new HashMap<>();
    private long since; // guarded by this

    ListedLocks(Place place, LongSupplier nanos) {
        this.place = place;
        this.nanos = nanos;
    }

    /** {@return the locks of {@code listed} that still exist} They remain readable for a while. */
    synchronized List<ObjectMac> keep(List<ObjectMac> listed) {
        kept.clear();
        since = nanos.getAsLong();
        List<ObjectMac> there = new ArrayList<>(listed.size());
        for (ObjectMac mac : listed) {
            if (isThere(mac)) {
                there.add(mac);
            }
        }
        return there;
    }

    private boolean isThere(ObjectMac mac) {
        if (kept.size() == MOST) {
            return true;
        }
        try (InputStream in = Files.newInputStream(place.of(mac))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                kept.put(mac, bytes);
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true; // the Get will report the reason
        }
    }

    /** {@return a lock that is no longer on the disk; null unless it was listed a moment ago} */
    synchronized byte @Nullable [] get(ObjectMac mac) {
        return nanos.getAsLong() - since < READABLE.toNanos() ? kept.get(mac) : null;
    }

    /** Forget a lock that this process has deleted or replaced on the disk. */
    synchronized void forget(ObjectMac mac) {
        kept.remove(mac);
    }
}
