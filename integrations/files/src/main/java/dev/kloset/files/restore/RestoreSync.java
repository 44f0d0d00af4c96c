package dev.kloset.files.restore;

import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.restore.node.RestoreAnchoredDirectory;
import dev.kloset.files.restore.node.RestoreDirectory;
import dev.kloset.files.restore.node.RestoreReason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings the directories of a restore to the disk. Where the system can sync a whole file system, this happens once per file
 * system at the end, because syncing many directories one by one would take longer than the restore. Safe for any number of
 * threads.
 */
final class RestoreSync implements AutoCloseable {

    private record Target(RestoreNative calls, int descriptor) {}

    private final Disk disk;
    // guarded by this
    private final Map<Long, Target> fileSystems = new HashMap<>();

    RestoreSync(Disk disk) {
        this.disk = disk;
    }

    /** Include {@code directory}, while its names are complete and it is still readable. */
    void cover(RestoreDirectory directory) throws IOException {
        try {
            if (directory instanceof RestoreAnchoredDirectory anchored) {
                cover(anchored);
            } else {
                disk.forceDirectory(directory.self());
            }
        } catch (AccessDeniedException e) {
            log().log(Level.DEBUG, "a directory that cannot be read cannot be synced", e);
        }
    }

    private synchronized void cover(RestoreAnchoredDirectory directory) throws IOException {
        Long device = (Long) Files.getAttribute(directory.self(), "unix:dev");
        if (!fileSystems.containsKey(device)) {
            fileSystems.put(device, new Target(directory.calls(), directory.openForSync()));
        }
    }

    synchronized void sync() throws IOException {
        for (Target target : fileSystems.values()) {
            try {
                disk.forceFileSystem(target.calls(), target.descriptor());
            } catch (IOException e) {
                throw new IOException("cannot sync the restored files to the disk: " + RestoreReason.of(e), e);
            }
        }
    }

    @Override
    public synchronized void close() {
        fileSystems.values().forEach(target -> target.calls().close(target.descriptor()));
    }

    /** Get the logger only for a message: the first logger of a process loads much of the JDK. */
    private static System.Logger log() {
        return System.getLogger(RestoreSync.class.getName());
    }
}
