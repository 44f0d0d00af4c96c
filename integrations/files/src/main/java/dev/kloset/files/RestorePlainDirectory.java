package dev.kloset.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * A directory by its path, for systems without {@link RestoreNative}. Every part was looked at and is no symbolic link, so
 * no record can redirect another; another process that replaces a directory in the moment after could.
 */
final class RestorePlainDirectory extends RestoreDirectory {

    private final Path path;
    private final boolean root;

    private RestorePlainDirectory(Path path, boolean root) {
        this.path = path;
        this.root = root;
    }

    /** {@return the root of a restore} The user chose it, so it may be a symbolic link. */
    static RestoreDirectory root(Path path) {
        return new RestorePlainDirectory(path, true);
    }

    @Override
    Path at(String name) {
        return path.resolve(WalkName.path(QuotedName.bytes(name)));
    }

    @Override
    Path self() {
        return path;
    }

    @Override
    RestoreDirectory openChild(String name) throws IOException {
        Path child = path.resolve(WalkName.path(QuotedName.bytes(name)));
        if (!Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isDirectory()) {
            throw new NotDirectoryException(name);
        }
        return new RestorePlainDirectory(child, false);
    }

    @Override
    void makeSymlink(String target, String name) throws IOException {
        byte[] wanted = QuotedName.bytes(target);
        Path verbatim = WalkName.path(wanted);
        if (!Arrays.equals(WalkName.bytesOfTarget(verbatim), wanted)) {
            throw new IOException("a link to \"" + target + "\" cannot be made here, only to \"" + verbatim + "\"");
        }
        Files.createSymbolicLink(path.resolve(WalkName.path(QuotedName.bytes(name))), verbatim);
    }

    @Override
    void makePipe(String name) throws IOException {
        throw new IOException("pipes are not made on this system");
    }

    @Override
    RestoreNode hold(String name) {
        return RestoreNode.named(path.resolve(WalkName.path(QuotedName.bytes(name))));
    }

    @Override
    RestoreNode node() {
        return root ? RestoreNode.followed(path) : RestoreNode.named(path);
    }

    @Override
    RestoreNode create(String temporary) throws IOException {
        return RestoreNode.named(Files.createFile(path.resolve(temporary), StoreWriter.FILE_OF_OWNER));
    }

    @Override
    void link(RestoreNode file, String name) {
        throw new IllegalStateException("a file by its path has a name already");
    }

    @Override
    void dispose() {}
}
