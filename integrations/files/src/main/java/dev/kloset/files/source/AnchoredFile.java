package dev.kloset.files.source;

import dev.kloset.FileInfo;
import dev.kloset.files.posix.Errno;
import dev.kloset.files.posix.FileSystemKind;
import dev.kloset.files.posix.NativeBuffer;
import dev.kloset.files.posix.OwnerNames;
import dev.kloset.files.posix.SourceCalls;
import dev.kloset.files.posix.Statx;
import dev.kloset.files.posix.WalkName;
import dev.kloset.files.posix.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file held by a descriptor, or an entry of an open directory. Each question about an entry uses its name, which costs less
 * than holding it. Between two questions another file may take its place, but never one from another directory.
 */
final class AnchoredFile extends SourceFile implements OwnerNames.Locator {

    private static final byte[] ITSELF = {};

    private final SourceCalls calls;
    private final OwnerNames owners;
    private final int descriptor;
    private final byte[] name;
    private final boolean owning;

    private AnchoredFile(SourceCalls calls, OwnerNames owners, int descriptor, byte[] name, boolean owning) {
        this.calls = calls;
        this.owners = owners;
        this.descriptor = descriptor;
        this.name = name;
        this.owning = owning;
    }

    /** {@return the file of {@code descriptor}, which is closed with it} */
    static AnchoredFile owning(SourceCalls calls, OwnerNames owners, int descriptor) {
        return new AnchoredFile(calls, owners, descriptor, ITSELF, true);
    }

    /** {@return the file of {@code descriptor}, which stays open} */
    static AnchoredFile borrowing(SourceCalls calls, OwnerNames owners, int descriptor) {
        return new AnchoredFile(calls, owners, descriptor, ITSELF, false);
    }

    /** {@return the entry {@code name} of the directory {@code descriptor}} */
    static AnchoredFile entry(SourceCalls calls, OwnerNames owners, int descriptor, byte[] name) {
        return new AnchoredFile(calls, owners, descriptor, name, false);
    }

    @Override
    public FileInfo info(String text) throws IOException {
        FileInfo.Builder info;
        int uid;
        int gid;
        try (NativeBuffer buffer = NativeBuffer.take()) {
            Statx stat = Statx.of(descriptor, name, buffer);
            if (stat == null) {
                throw Errno.failure(buffer.errno(), text);
            }
            info = stat.info(text);
            uid = stat.uid();
            gid = stat.gid();
        }
        return info.username(owners.user(uid, this)).groupname(owners.group(gid, this)).build();
    }

    @Override
    public Path path() {
        return WalkName.path(kernelName());
    }

    @Override
    public LinkOption[] options() {
        return isItself() ? new LinkOption[0] : new LinkOption[]{ LinkOption.NOFOLLOW_LINKS };
    }

    @Override
    public byte[] target() throws IOException {
        return calls.target(descriptor, name);
    }

    @Override
    public byte[] xattrNames() throws IOException {
        return Xattrs.list(kernelName(), isItself());
    }

    @Override
    public byte[] xattr(byte[] attribute) throws IOException {
        return Xattrs.value(kernelName(), attribute, isItself());
    }

    /**
     * {@return whether this is the held file itself} The kernel's name for the descriptor leads to the file; if that is a link,
     * its target must not be followed.
     */
    private boolean isItself() {
        return name.length == 0;
    }

    private byte[] kernelName() {
        byte[] self = SourceCalls.nameOf(descriptor);
        return isItself() ? self : SourcePlace.join(self, name);
    }

    @Override
    public SourceListing list() throws IOException {
        return new AnchoredListing(calls, owners, calls.openForListing(descriptor));
    }

    @Override
    public InputStream read() throws IOException {
        boolean sparse;
        boolean empty;
        try (NativeBuffer buffer = NativeBuffer.take()) {
            Statx stat = Statx.of(descriptor, name, buffer);
            sparse = stat != null && stat.isSparse();
            empty = stat != null && stat.isEmpty();
        }
        int open = empty ? calls.openEmptyForReading(descriptor) : calls.openForReading(descriptor);
        return new SourceStream(calls, open, sparse);
    }

    @Override
    public FileSystemKind fileSystem() throws IOException {
        return FileSystemKind.of(calls.fileSystem(descriptor));
    }

    @Override
    public boolean has(String entry) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return Statx.of(descriptor, entry.getBytes(StandardCharsets.UTF_8), buffer) != null;
        }
    }

    @Override
    public void close() {
        if (owning) {
            calls.close(descriptor);
        }
    }
}
