package dev.kloset.files;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings the directories of a restore to the disk. Where the system has a call for whole file systems it is made once per
 * file system at the end: a sync of each of many directories would take longer than the restore. For any number of threads.
 */
final class RestoreSync implements AutoCloseable {

    private record Target(RestoreNative calls, int descriptor) {}

    private final Disk disk;
    // guarded by this
    private final Map<Long, Target> fileSystems = new HashMap<>();

    RestoreSync(Disk disk) {
        this.disk = disk;
    }

    /** Include {@code directory}, while its names are complete and it can still be read. */
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
                throw new IOException("cannot bring what was restored to the disk: " + RestoreReason.of(e), e);
            }
        }
    }

    @Override
    public synchronized void close() {
        fileSystems.values().forEach(target -> target.calls().close(target.descriptor()));
    }

    /** Only for who has something to say: the first logger of a process brings in much of the JDK. */
    private static System.Logger log() {
        return System.getLogger(RestoreSync.class.getName());
    }
}
