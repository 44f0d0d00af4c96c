package dev.kloset.files;

import dev.kloset.FileInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that is held by a descriptor, or an entry of a directory that is open. An entry is asked by its name each time, which costs
 * less than to hold it; in the moments between two questions another may take its place, but never one of another directory.
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

    /** {@return what {@code descriptor} holds, which is closed with the file} */
    static AnchoredFile owning(SourceCalls calls, OwnerNames owners, int descriptor) {
        return new AnchoredFile(calls, owners, descriptor, ITSELF, true);
    }

    /** {@return what {@code descriptor} holds, and goes on to hold} */
    static AnchoredFile borrowing(SourceCalls calls, OwnerNames owners, int descriptor) {
        return new AnchoredFile(calls, owners, descriptor, ITSELF, false);
    }

    /** {@return the entry {@code name} of the directory {@code descriptor}} */
    static AnchoredFile entry(SourceCalls calls, OwnerNames owners, int descriptor, byte[] name) {
        return new AnchoredFile(calls, owners, descriptor, name, false);
    }

    @Override
    FileInfo info(String text) throws IOException {
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
    byte[] target() throws IOException {
        return calls.target(descriptor, name);
    }

    @Override
    byte[] xattrNames() throws IOException {
        return XattrLinux.list(kernelName(), isItself());
    }

    @Override
    byte[] xattr(byte[] attribute) throws IOException {
        return XattrLinux.value(kernelName(), attribute, isItself());
    }

    /** The kernel's name for the descriptor leads to the file itself; what is behind it must not be followed. */
    private boolean isItself() {
        return name.length == 0;
    }

    private byte[] kernelName() {
        byte[] self = SourceCalls.nameOf(descriptor);
        return isItself() ? self : SourcePlace.join(self, name);
    }

    @Override
    SourceListing list() throws IOException {
        return new AnchoredListing(calls, owners, calls.openForListing(descriptor));
    }

    @Override
    InputStream read() throws IOException {
        boolean sparse;
        try (NativeBuffer buffer = NativeBuffer.take()) {
            Statx stat = Statx.of(descriptor, name, buffer);
            sparse = stat != null && stat.isSparse();
        }
        return new SourceStream(calls, calls.openForReading(descriptor), sparse);
    }

    @Override
    FileSystemKind fileSystem() throws IOException {
        return FileSystemKind.of(calls.fileSystem(descriptor));
    }

    @Override
    boolean has(String entry) {
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
