package dev.kloset.resilience;

import dev.kloset.RecordSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds a source as it is while an importer lists and reads it, and not longer: an importer calls {@link #during} in
 * {@link dev.kloset.Importer#importRecords} and {@link #close} in its own {@code close}.
 *
 * <p>The hold is extended at a third of its length, on a thread of its own. It is released when the host has acknowledged the last
 * record, when the listing fails or is cancelled, and at {@code close}. Of a process that was killed it is released by the next
 * {@link #during} for the same source by the same user on the same machine, from a note in a directory of that user; and if
 * there is none, by the source, when the time that it was told is over.
 *
 * <p>If the hold is lost, listing and contents that are under way fail with a sentence that says so: what they would give does not
 * belong to what came before. For one import at a time; {@code close} may come from another thread.
 */
public final class SourceLease implements AutoCloseable {

    /** Below this, a busy machine would lose holds. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration USUAL = Duration.ofMinutes(5);

    /** A host that reads nothing and acknowledges nothing for so long may be waiting for the end of the listing. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    /** What an importer does while its source is held. */
    @FunctionalInterface
    public interface Listing {

        /**
         * Emit the records of what is held.
         *
         * @param name of the hold, such as that of a snapshot
         * @param records takes the records, in place of those that {@link #during} was given
         */
        void list(String name, RecordSink records) throws IOException, InterruptedException;
    }

    private final String source;
    private final SourceHold hold;
    private final Duration length;
    private final @Nullable Path directory;
    private final Duration quiet;
    private @Nullable HeldSource current; // guarded by this

    private SourceLease(String source, SourceHold hold, Duration length, @Nullable Path directory,
            Duration quiet) {
        this.source = source;
        this.hold = hold;
        this.length = length;
        this.directory = directory;
        this.quiet = quiet;
    }

    /**
     * {@return a lease of five minutes, extended as long as it is needed}
     *
     * @param source what is held, the same in every process: what a killed process has held is found by it. It stands in messages:
     *     no secrets
     */
    public static SourceLease of(String source, SourceHold hold) {
        return new SourceLease(Objects.requireNonNull(source, "source"), Objects.requireNonNull(hold, "hold"), USUAL,
                null, QUIET);
    }

    /**
     * {@return the same for other times} The longer, the longer a killed process may hold the source; the shorter, the less time
     * is there for taking it, two thirds of this, and for a network that is down for a moment.
     */
    public SourceLease length(Duration other) {
        if (other.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("a lease of less than a second would be lost on a busy machine");
        }
        return new SourceLease(source, hold, other, directory, quiet);
    }

    /** {@return the same with notes in this directory} Without it: {@code kloset/leases} where the user's programs keep their state. */
    public SourceLease notedIn(Path other) {
        return new SourceLease(source, hold, length, Objects.requireNonNull(other, "other"), quiet);
    }

    /** {@return the same for a host that is quiet for another time} So that tests need not wait. */
    SourceLease quiet(Duration other) {
        return new SourceLease(source, hold, length, directory, other);
    }

    /**
     * Release what killed processes left behind, take the hold, list, and wait for the host to acknowledge all records. Returns
     * earlier if the host does nothing for five seconds, as some acknowledge only after the end of the listing; the hold then
     * stays until the last acknowledgement or {@link #close}.
     *
     * @param records of {@code importRecords}
     * @throws IOException if the source cannot be held, or is not held any more; or the failure of the listing
     */
    public void during(RecordSink records, Listing listing) throws IOException, InterruptedException {
        close();
        LeaseNotes notes = new LeaseNotes(directory == null ? LeaseNotes.ofTheUser() : directory, source);
        HeldSource held = new HeldSource(source, hold, length, notes);
        synchronized (this) {
            current = held;
        }
        boolean stays = false;
        try {
            notes.leftBehind(held::releaseNow);
            held.acquire();
            HeldRecords watched = new HeldRecords(held, records, quiet);
            stays = held.list(() -> {
                listing.list(held.name(), watched);
                return !watched.awaitAcknowledgements();
            });
        } finally {
            if (!stays) {
                held.release();
            }
        }
    }

    /** Release what is still held. Waits for that, up to half a minute. */
    @Override
    public void close() {
        HeldSource held;
        synchronized (this) {
            held = current;
            current = null;
        }
        if (held != null) {
            held.release();
        }
    }
}
