package dev.kloset.files;

import dev.kloset.FileInfo;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * One file of the source, of any kind, itself if it is a symbolic link. Where the system can, all questions are about the same
 * file, whatever happens to its name meanwhile. For one thread.
 */
abstract sealed class SourceFile implements Closeable permits AnchoredFile, NamedFile {

    /** {@return its metadata, under this name} */
    abstract FileInfo info(String name) throws IOException;

    /** {@return the target of the symbolic link, verbatim} It may be relative, unclean or empty. */
    abstract byte[] target() throws IOException;

    /** {@return the names of its extended attributes, each with a zero behind it; empty where there are none} */
    abstract byte[] xattrNames() throws IOException;

    /** {@return the value of an extended attribute} */
    abstract byte[] xattr(byte[] name) throws IOException;

    /** {@return the entries of this directory} The caller closes; this file may be closed before. */
    abstract SourceListing list() throws IOException;

    /** {@return the content of this regular file} The caller closes; this file may be closed before. */
    abstract InputStream read() throws IOException;

    /** {@return the kind of file system it is on} */
    abstract FileSystemKind fileSystem() throws IOException;

    /** {@return whether this directory has an entry of this name} */
    abstract boolean has(String name);

    @Override
    public abstract void close();

    /**
     * Refuse what is not the regular file that was listed.
     *
     * @param listed what was seen then
     */
    final void require(FileInfo listed) throws IOException {
        FileInfo now = info(listed.name());
        if (!now.mode().isRegular()) {
            throw new IOException("it was a file when it was listed and is " + kind(now) + " now");
        }
        if (!isSame(listed, now)) {
            throw new IOException("another file has taken its place since it was listed");
        }
    }

    /** Some file systems number their files anew whenever they forget them; nothing else changes then. */
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
