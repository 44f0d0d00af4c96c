package dev.kloset.files.backup;

import dev.kloset.files.source.SourceListing;
import dev.kloset.files.source.SourcePlace;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A directory on its way through the walk. It is read as a stream: even a huge directory keeps only the names of its next few
 * subdirectories in memory, and it is open only while it is being read or has more subdirectories than that.
 *
 * <p>The young-garbage collector considers long-waiting objects old, and then leaves them and all they refer to until the heap
 * is full. So few directories wait, and they keep nothing but names.
 */
final class WalkDirectory {

    private final SourcePlace place;
    private final long device;
    private final SourceListing listing;

    // The following fields belong to the WalkStack, under its lock.
    final Deque<byte[]> pending = new ArrayDeque<>();
    boolean beingRead;
    boolean done;

    /**
     * @param device the file system that contains it
     * @param listing the open listing; closed when it is at its end, or abandoned
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
