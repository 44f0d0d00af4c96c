package dev.kloset.hadoop.backup;

import dev.kloset.hadoop.mount.RealPath;
import java.util.List;

/**
 * What a backup reads: a snapshot of some directories, and everything else as it is.
 *
 * @param snapshot its name; empty if there is none
 * @param directories those of which there is one
 */
record Moment(String snapshot, List<RealPath> directories) {

    static final Moment LIVE = new Moment("", List.of());

    private static final String SNAPSHOTS = "/.snapshot/";

    /** {@return where to read what is at a path now} */
    RealPath at(RealPath live) {
        for (RealPath directory : directories) {
            if (directory.contains(live)) {
                return at(directory, snapshot, live);
            }
        }
        return live;
    }

    /** {@return where to read what is at a path now, in a snapshot of a directory above it} */
    static RealPath at(RealPath directory, String snapshot, RealPath live) {
        String above = directory.pathname().equals("/") ? "" : directory.pathname();
        return directory.at(above + SNAPSHOTS + snapshot + live.pathname().substring(above.length()));
    }

    boolean isLive(RealPath live) {
        return directories.stream().noneMatch(directory -> directory.contains(live));
    }

    /** {@return whether each snapshot changes the modification time of this directory} */
    boolean isSnapshotOf(RealPath live) {
        return directories.stream().anyMatch(directory -> directory.path().equals(live.path()));
    }
}
