package dev.kloset.files.source;

import dev.kloset.FileInfo;
import dev.kloset.files.posix.FileSystemKind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * One file of the source, of any kind; a symbolic link is not followed. Where the system allows it, all questions concern the
 * same file, whatever happens to its name meanwhile. For one thread.
 */
public abstract sealed class SourceFile implements Closeable permits AnchoredFile, NamedFile {

    /** {@return its metadata, under this name} */
    public abstract FileInfo info(String name) throws IOException;

    /** {@return the target of the symbolic link, unchanged} It may be relative, unclean or empty. */
    public abstract byte[] target() throws IOException;

    /** {@return the names of its extended attributes, each followed by a zero; empty if there are none} */
    public abstract byte[] xattrNames() throws IOException;

    /** {@return the value of an extended attribute} */
    public abstract byte[] xattr(byte[] name) throws IOException;

    /** {@return the entries of this directory} The caller closes the listing; this file may be closed first. */
    public abstract SourceListing list() throws IOException;

    /** {@return the content of this regular file} The caller closes the stream; this file may be closed first. */
    public abstract InputStream read() throws IOException;

    /** {@return the kind of the file system that contains it} */
    public abstract FileSystemKind fileSystem() throws IOException;

    /** {@return whether this directory has an entry with this name} */
    public abstract boolean has(String name);

    @Override
    public abstract void close();

    /**
     * Fail unless this is the regular file that was listed.
     *
     * @param listed the metadata seen then
     */
    public final void require(FileInfo listed) throws IOException {
        FileInfo now = info(listed.name());
        if (!now.mode().isRegular()) {
            throw new IOException("it was a file when it was listed and is " + kind(now) + " now");
        }
        if (!isSame(listed, now)) {
            throw new IOException("another file has taken its place since it was listed");
        }
    }

    /** Some file systems renumber their files when they drop them from memory; nothing else changes then. */
    private static boolean isSame(FileInfo listed, FileInfo now) {
        return listed.dev() == now.dev() && listed.ino() == now.ino()
                || now.equals(listed.toBuilder().dev(now.dev()).ino(now.ino()).build());
    }

    private static String kind(FileInfo info) {
        if (info.mode().isDirectory()) {
            return "a directory";
        }
        return info.mode().isSymlink() ? "a symbolic link" : "a pipe, a socket or a device";
    }
}
