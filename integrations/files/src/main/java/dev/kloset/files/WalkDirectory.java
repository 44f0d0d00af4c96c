package dev.kloset.files;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A directory on its way through the walk. It is read as a stream: of a directory of any size only the names of the next few
 * subdirectories are kept, and it is open only while it is read or has more of them than that.
 *
 * <p>What waits long is taken for old by the collector of young garbage, which then leaves it and all that it refers to until
 * the heap is full: so few wait, and nothing more is kept than their names.
 */
final class WalkDirectory {

    private final SourcePlace place;
    private final long device;
    private final SourceListing listing;

    // What follows belongs to the WalkStack, under its lock.
    final Deque<byte[]> pending = new ArrayDeque<>();
    boolean beingRead;
    boolean done;

    /**
     * @param device the file system it is on
     * @param listing closed when it is at its end, or given up
     */
    WalkDirectory(SourcePlace place, long device, SourceListing listing) {
        this.place = place;
        this.device = device;
        this.listing = listing;
    }

    SourcePlace place() {
        return place;
    }

    long device() {
        return device;
    }

    SourceListing listing() {
        return listing;
    }
}
