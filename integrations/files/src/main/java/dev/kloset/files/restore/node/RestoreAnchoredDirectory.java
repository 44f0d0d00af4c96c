package dev.kloset.files.restore.node;

import dev.kloset.files.posix.QuotedName;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.posix.SourceCalls;
import dev.kloset.files.posix.WalkName;
import dev.kloset.files.posix.Xattrs;
import dev.kloset.files.source.SourcePlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An open directory. Its children are reached through the kernel's own name for the open directory, so nothing is written
 * elsewhere, whatever other processes do to the path.
 */
public final class RestoreAnchoredDirectory extends RestoreDirectory {

    private final RestoreNative calls;
    private final int descriptor;
    private final String self;
    private volatile @Nullable Boolean lendsLists; // unknown until it is needed

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
    public Path at(String name) {
        return WalkName.path(SourcePlace.join(SourceCalls.nameOf(descriptor), QuotedName.bytes(name)));
    }

    @Override
    public Path self() {
        return Path.of(self);
    }

    @Override
    public RestoreDirectory openChild(String name) throws IOException {
        return new RestoreAnchoredDirectory(calls, calls.openDirectory(descriptor, name));
    }

    @Override
    RestoreDirectory openChildAtOnce(String name) throws IOException {
        return new RestoreAnchoredDirectory(calls, calls.openDirectoryAtOnce(descriptor, name));
    }

    @Override
    public void makeSymlink(String target, String name) throws IOException {
        calls.makeSymlink(target, descriptor, name);
    }

    @Override
    public void makePipe(String name) throws IOException {
        calls.makePipe(descriptor, name);
    }

    @Override
    public RestoreNode hold(String name) throws IOException {
        return RestoreNode.owning(calls, calls.openName(descriptor, name));
    }

    @Override
    public RestoreNode node() {
        return RestoreNode.borrowing(calls, descriptor);
    }

    @Override
    RestoreNode create(String temporary) throws IOException {
        OptionalInt unnamed = calls.createUnnamed(descriptor);
        int file = unnamed.isPresent() ? unnamed.getAsInt() : calls.create(descriptor, temporary);
        return RestoreNode.owning(calls, file);
    }

    @Override
    public void link(RestoreNode file, String name) throws IOException {
        calls.link(file.descriptor(), descriptor, name);
    }

    @Override
    void removeTree(String name, DirectoryRemoval.Guard guard) throws IOException {
        SourceCalls reading = SourceCalls.instance();
        if (reading == null) {
            throw new IOException(RestoredFiles.CANNOT_REMOVE_SAFELY);
        }
        DirectoryRemoval.remove(calls, reading, descriptor, name, guard);
    }

    @Override
    public boolean lendsLists() {
        Boolean known = lendsLists;
        if (known == null) {
            known = Xattrs.has(SourceCalls.nameOf(descriptor), RestoreAcl.DEFAULT);
            lendsLists = known;
        }
        return known;
    }

    public RestoreNative calls() {
        return calls;
    }

    /** {@return a descriptor with which the directory can be synced; the caller closes it} */
    public int openForSync() throws IOException {
        return calls.openDirectoryForReading(descriptor, ".");
    }

    @Override
    void dispose() {
        calls.close(descriptor);
    }
}
