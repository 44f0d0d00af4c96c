package dev.kloset.files.restore.node;

import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.posix.SourceCalls;
import dev.kloset.files.posix.WalkName;
import dev.kloset.files.posix.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file, directory or symbolic link itself. Where the system allows it, a descriptor holds it, so that operations never
 * affect another file, whatever its name has come to mean. Elsewhere it is a path, and links are not followed. For one thread.
 */
public final class RestoreNode implements AutoCloseable {

    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] NO_FOLLOW = { LinkOption.NOFOLLOW_LINKS };
    private static final int BORROWED = -1;
    private static final int PERMISSIONS = 07777;

    private final @Nullable RestoreNative calls;
    private final int descriptor;
    private final int toClose;
    private final Path path;
    private final LinkOption[] options;

    private RestoreNode(@Nullable RestoreNative calls, int descriptor, int toClose, Path path, LinkOption[] options) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.toClose = toClose;
        this.path = path;
        this.options = options;
    }

    /** {@return the file open as {@code descriptor}, which is closed with the node} */
    static RestoreNode owning(RestoreNative calls, int descriptor) {
        return held(calls, descriptor, descriptor);
    }

    /** {@return the file open as {@code descriptor}, which stays open} */
    static RestoreNode borrowing(RestoreNative calls, int descriptor) {
        return held(calls, descriptor, BORROWED);
    }

    private static RestoreNode held(RestoreNative calls, int descriptor, int toClose) {
        // The kernel's name is a link, but it leads to the file itself, even if that is a symbolic link, and no further.
        return new RestoreNode(calls, descriptor, toClose, Path.of(RestoreNative.nameOf(descriptor)), FOLLOW);
    }

    /** {@return the file that {@code path} names at each use} */
    public static RestoreNode named(Path path) {
        return new RestoreNode(null, BORROWED, BORROWED, path, NO_FOLLOW);
    }

    /** {@return the file that {@code path} names at each use, following a symbolic link} */
    static RestoreNode followed(Path path) {
        return new RestoreNode(null, BORROWED, BORROWED, path, FOLLOW);
    }

    int descriptor() {
        return descriptor;
    }

    Path path() {
        return path;
    }

    public Map<String, Object> attributes(String names) throws IOException {
        return Files.readAttributes(path, names, options);
    }

    /** {@return what distinguishes the file from all others} */
    public FileIdentity identity() throws IOException {
        return FileIdentity.of(attributes(FileIdentity.ATTRIBUTES));
    }

    BasicFileAttributes kind() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, options);
    }

    public boolean isSymbolicLink() throws IOException {
        return kind().isSymbolicLink();
    }

    /** {@return the content of the file} The caller closes it. */
    public InputStream read() throws IOException {
        return Files.newInputStream(path, options);
    }

    public Instant modified() throws IOException {
        return Files.getLastModifiedTime(path, options).toInstant();
    }

    /** {@return a channel to write the file} The caller closes it. */
    FileChannel write() throws IOException {
        return calls != null
                ? FileChannel.open(path, StandardOpenOption.WRITE)
                : FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    void set(String attribute, Object value) throws IOException {
        Files.setAttribute(path, attribute, value, options);
    }

    public void setModified(Instant time) throws IOException {
        if (calls != null) {
            calls.setModified(descriptor, time);
        } else {
            Files.getFileAttributeView(path, BasicFileAttributeView.class, options)
                    .setTimes(FileTime.from(time), null, null);
        }
    }

    /** Set an extended attribute of any namespace. */
    public void setXattr(String name, byte[] value) throws IOException {
        Xattrs.set(WalkName.bytes(path), options.length == 0, name, value);
    }

    /** Remove the access lists that the file inherited from the directory in which it was made. */
    public void removeInheritedLists() {
        if (calls != null) {
            Xattrs.remove(SourceCalls.nameOf(descriptor), RestoreAcl.ACCESS);
            Xattrs.remove(SourceCalls.nameOf(descriptor), RestoreAcl.DEFAULT);
        }
    }

    /** {@return the nine permissions, setuid, setgid and sticky} */
    public int permissions() throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", options) & PERMISSIONS;
    }

    public void setMode(int permissions) throws IOException {
        if (isSymbolicLink()) {
            throw new IOException("it has become a symbolic link");
        }
        // Java's own option not to follow a link fails to do so: it passes the flag for that as a mode (JDK 25, open in
        // UnixFileAttributeViews.setMode).
        Files.setAttribute(path, "unix:mode", permissions);
    }

    @Override
    public void close() {
        if (calls != null && toClose != BORROWED) {
            calls.close(toClose);
        }
    }
}
