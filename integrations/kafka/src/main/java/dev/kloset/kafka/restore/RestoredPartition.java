package dev.kloset.kafka.restore;

import dev.kloset.kafka.layout.TopicFile.Bounds;
import dev.kloset.kafka.layout.WindowHeader;
import dev.kloset.kafka.restore.offsets.OffsetRuns;
import dev.kloset.resilience.Spill;
import java.io.IOException;
import java.util.Optional;

/** One partition of a restore. For one thread at a time, as the windows of a partition are restored one after the other. */
final class RestoredPartition {

    private static final long NONE = -1;

    private final OffsetRuns runs;
    private long end; // in the target, behind the last record
    private long written;
    private long first = NONE; // offset at which the first window began
    private long next = NONE; // at which the next one must begin

    /**
     * Nothing has come.
     *
     * @param end where the next record of the target's partition comes
     */
    RestoredPartition(long end, Spill spill) {
        this.end = end;
        this.runs = new OffsetRuns(spill);
    }

    /**
     * {@return a sentence about windows that are missing before this one, which comes now}
     *
     * @throws IOException if the window has come before
     */
    Optional<String> begin(WindowHeader window) throws IOException {
        if (next != NONE && window.start() < next) {
            throw new IOException(window + " came after the window that follows it");
        }
        Optional<String> missing = next == NONE || window.start() == next
                ? Optional.empty()
                : Optional.of("offsets " + next + " to " + (window.start() - 1) + " are missing in this restore");
        if (first == NONE) {
            first = window.start();
        }
        next = window.end();
        return missing;
    }

    OffsetRuns.Window window() {
        return runs.window();
    }

    /** The records of a window are with the brokers. */
    void end(long records, long last) {
        written += records;
        end = Math.max(end, last + 1);
    }

    /** {@return where the next record of the target's partition comes, if nothing else writes to it} */
    long end() {
        return end;
    }

    /** {@return how many records were restored} */
    long written() {
        return written;
    }

    /** {@return a sentence about windows that have not come, though the snapshot has them} */
    Optional<String> missing(Bounds bounds) {
        if (bounds.cut() <= bounds.earliest()) {
            return Optional.empty();
        }
        if (first == NONE) {
            return Optional.of("offsets " + bounds.earliest() + " to " + (bounds.cut() - 1) + " are missing");
        }
        if (first > bounds.earliest()) {
            return Optional.of("offsets " + bounds.earliest() + " to " + (first - 1) + " are missing");
        }
        return next < bounds.cut()
                ? Optional.of("offsets " + next + " to " + (bounds.cut() - 1) + " are missing")
                : Optional.empty();
    }

    /** {@return where the record is that had this offset, or the next one that was restored, or the next to come} */
    long target(long source) throws IOException {
        return runs.target(source).orElse(end);
    }
}
