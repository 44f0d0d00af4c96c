package dev.kloset.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is open. Its children are reached through the kernel's own name for the open directory, so whatever
 * other processes do to the path, nothing is written elsewhere.
 */
final class RestoreAnchoredDirectory extends RestoreDirectory {

    private final RestoreNative calls;
    private final int descriptor;
    private final String self;
    private volatile @Nullable Boolean lendsLists; // unknown until it is asked for

    private RestoreAnchoredDirectory(RestoreNative calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.self = RestoreNative.nameOf(descriptor);
    }

    /** {@return the root of a restore} The user chose it, so symbolic links in its path are followed. */
    static RestoreDirectory open(RestoreNative calls, Path root) throws IOException {
        return new RestoreAnchoredDirectory(calls, calls.openDirectory(RestoreNative.WORKING_DIRECTORY, root + "/."));
    }

    @Override
    Path at(String name) {
        return WalkName.path(SourcePlace.join(SourceCalls.nameOf(descriptor), QuotedName.bytes(name)));
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
    void makePipe(String name) throws IOException {
        calls.makePipe(descriptor, name);
    }

    @Override
    RestoreNode hold(String name) throws IOException {
        return RestoreNode.owning(calls, calls.openName(descriptor, name));
    }

    @Override
    RestoreNode node() {
        return RestoreNode.borrowing(calls, descriptor);
    }

    @Override
    RestoreNode create(String temporary) throws IOException {
        OptionalInt unnamed = calls.createUnnamed(descriptor);
        int file = unnamed.isPresent() ? unnamed.getAsInt() : calls.create(descriptor, temporary);
        return RestoreNode.owning(calls, file);
    }

    @Override
    void link(RestoreNode file, String name) throws IOException {
        calls.link(file.descriptor(), descriptor, name);
    }

    @Override
    boolean lendsLists() {
        Boolean known = lendsLists;
        if (known == null) {
            known = XattrLinux.has(SourceCalls.nameOf(descriptor), RestoreAcl.DEFAULT);
            lendsLists = known;
        }
        return known;
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
