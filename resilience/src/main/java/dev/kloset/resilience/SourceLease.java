package dev.kloset.resilience;

import dev.kloset.RecordSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds a source as it is while an importer lists and reads it, and no longer. Call {@link #during} in {@link
 * dev.kloset.Importer#importRecords} and {@link #close} in the importer's own {@code close}.
 *
 * <p>A thread of its own extends the hold each time a third of its length has passed. The hold is released when the host has
 * acknowledged the last record, when the listing fails or is cancelled, and at {@code close}. If the process is killed, its
 * hold is released by the next {@link #during} for the same source by the same user on the same machine, from a note in a
 * directory of that user; or by the next one from anywhere, if the hold can {@linkplain SourceHold#sweep sweep}. If that never
 * comes, the source releases the hold when its time is over.
 *
 * <p>If the hold is lost, the listing and the contents in progress fail with a sentence that says so, because any further data
 * would not match what came before. For one import at a time; {@code close} may come from another thread.
 */
public final class SourceLease implements Closeable {

    /** With a shorter length, a busy machine would lose holds. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration USUAL = Duration.ofMinutes(5);

    /** A host that reads and acknowledges nothing for so long may be waiting for the end of the listing. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    /** What an importer does while its source is held. */
    @FunctionalInterface
    public interface Listing {

        /**
         * Emit the records of the held source.
         *
         * @param name the name of the hold, such as that of a snapshot
         * @param records takes the records, in place of the sink that {@link #during} got
         */
        void list(String name, RecordSink records) throws IOException, InterruptedException;
    }

    private final String source;
    private final SourceHold hold;
    private final Duration length;
    private final @Nullable Path directory;
    private final Duration quiet;
    private final @Nullable String existing; // the name of a hold that others made
    private @Nullable HeldSource current; // guarded by this

    private SourceLease(String source, SourceHold hold, Duration length, @Nullable Path directory,
            Duration quiet, @Nullable String existing) {
        this.source = source;
        this.hold = hold;
        this.length = length;
        this.directory = directory;
        this.quiet = quiet;
        this.existing = existing;
    }

    /**
     * {@return a lease of five minutes, extended while it is needed}
     *
     * @param source what is held. Use the same text in every process, because it identifies holds left behind by killed
     *     processes. It appears in messages, so it must contain no secrets
     */
    public static SourceLease of(String source, SourceHold hold) {
        return new SourceLease(Objects.requireNonNull(source, "source"), Objects.requireNonNull(hold, "hold"), USUAL,
                null, QUIET, null);
    }

    /**
     * {@return the same lease with another length} A longer lease lets a killed process hold the source for longer. A shorter
     * one leaves less time for taking the hold, two thirds of the length, and for bridging a network failure.
     */
    public SourceLease length(Duration other) {
        if (other.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("a lease of less than a second would be lost on a busy machine");
        }
        return new SourceLease(source, hold, other, directory, quiet, existing);
    }

    /**
     * {@return the same lease with its notes in this directory} The default is {@code kloset/leases} in the directory where the
     * user's programs keep their state.
     */
    public SourceLease notedIn(Path other) {
        return new SourceLease(source, hold, length, Objects.requireNonNull(other, "other"), quiet, existing);
    }

    /**
     * {@return the same lease for a hold that others made, and that stays} Use it where several processes read one snapshot, or
     * an administrator has made one: {@link #during} neither takes nor extends nor releases anything, and fails the listing if
     * {@link SourceHold#check} does.
     *
     * @param name as the source knows it
     */
    public SourceLease existing(String name) {
        return new SourceLease(source, hold, length, directory, quiet, Objects.requireNonNull(name, "name"));
    }

    /** {@return the same lease for a host that is quiet for another time} Lets tests run without waiting. */
    SourceLease quiet(Duration other) {
        return new SourceLease(source, hold, length, directory, other, existing);
    }

    /**
     * Release what killed processes left behind, take the hold, list, and wait for the host to acknowledge all records. Returns
     * earlier if the host does nothing for five seconds, because some hosts acknowledge only after the end of the listing; the
     * hold then stays until the last acknowledgement or {@link #close}.
     *
     * @param records the sink of {@code importRecords}
     * @throws IOException if the source cannot be held, or the hold is lost; or the failure of the listing
     */
    public void during(RecordSink records, Listing listing) throws IOException, InterruptedException {
        close();
        LeaseJournal notes = new LeaseJournal(directory == null ? LeaseJournal.ofTheUser() : directory, source);
        OthersHold others = existing == null ? null : new OthersHold(existing, hold);
        HeldSource held = others == null
                ? new HeldSource(source, hold, length, notes.write())
                : new HeldSource(source, others, length, others);
        synchronized (this) {
            current = held;
        }
        boolean stays = false;
        try {
            if (others == null) {
                notes.leftBehind(held::releaseNow);
                held.sweep();
            }
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

    /** Release what is still held. Waits up to half a minute for the release. */
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
