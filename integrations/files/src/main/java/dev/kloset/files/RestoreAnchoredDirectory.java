package dev.kloset.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A directory that is open. Its children are reached through the kernel's own name for the open directory, so whatever
 * other processes do to the path, nothing is written elsewhere.
 */
final class RestoreAnchoredDirectory extends RestoreDirectory {

    private static final String DESCRIPTORS = "/proc/self/fd/";

    private final RestoreNative calls;
    private final int descriptor;
    private final String self;

    private RestoreAnchoredDirectory(RestoreNative calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.self = DESCRIPTORS + descriptor;
    }

    /** {@return the root of a restore} The user chose it, so symbolic links in its path are followed. */
    static RestoreDirectory open(RestoreNative calls, Path root) throws IOException {
        return new RestoreAnchoredDirectory(calls, calls.openDirectory(RestoreNative.WORKING_DIRECTORY, root + "/."));
    }

    @Override
    Path at(String name) {
        return Path.of(self + "/" + name);
    }

    @Override
    Path self() {
        return Path.of(self);
    }

    @Override
    RestoreDirectory openChild(String name) throws IOException {
        return new RestoreAnchoredDirectory(calls, calls.openDirectory(descriptor, name));
    }

    @Override
    void makeSymlink(String target, String name) throws IOException {
        calls.makeSymlink(target, descriptor, name);
    }

    @Override
    void setModified(String name, Instant time) throws IOException {
        calls.setModified(descriptor, name, time);
    }

    @Override
    void setMode(String name, int permissions) throws IOException {
        // Java's own way follows a link whatever it is told: it passes the flag against that as a mode (JDK 25, open in
        // UnixFileAttributeViews.setMode).
        int file = calls.openName(descriptor, name);
        try {
            Files.setAttribute(Path.of(DESCRIPTORS + file), "unix:mode", permissions);
        } finally {
            calls.close(file);
        }
    }

    RestoreNative calls() {
        return calls;
    }

    /** {@return a descriptor with which the directory can be synced; the caller closes it} */
    int openForSync() throws IOException {
        return calls.openDirectoryForReading(descriptor, ".");
    }

    @Override
    void dispose() {
        calls.close(descriptor);
    }
}
