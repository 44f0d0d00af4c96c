package dev.kloset.files.restore.node;

import dev.kloset.files.posix.QuotedName;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.posix.StoreWriter;
import dev.kloset.files.posix.WalkName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * A directory by its path, for systems without {@link RestoreNative}. Every part was checked and is not a symbolic link, so no
 * record can redirect another; but another process could, by replacing a directory right after the check.
 */
public final class RestorePlainDirectory extends RestoreDirectory {

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
    public Path at(String name) {
        return path.resolve(WalkName.path(QuotedName.bytes(name)));
    }

    @Override
    public Path self() {
        return path;
    }

    @Override
    public RestoreDirectory openChild(String name) throws IOException {
        Path child = path.resolve(WalkName.path(QuotedName.bytes(name)));
        if (!Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isDirectory()) {
            throw new NotDirectoryException(name);
        }
        return new RestorePlainDirectory(child, false);
    }

    @Override
    public void makeSymlink(String target, String name) throws IOException {
        byte[] wanted = QuotedName.bytes(target);
        Path verbatim = WalkName.path(wanted);
        if (!Arrays.equals(WalkName.bytesOfTarget(verbatim), wanted)) {
            throw new IOException("a link to \"" + target + "\" cannot be made here, only to \"" + verbatim + "\"");
        }
        Files.createSymbolicLink(path.resolve(WalkName.path(QuotedName.bytes(name))), verbatim);
    }

    @Override
    public void makePipe(String name) throws IOException {
        throw new IOException("pipes are not made on this system");
    }

    @Override
    public RestoreNode hold(String name) {
        return RestoreNode.named(path.resolve(WalkName.path(QuotedName.bytes(name))));
    }

    @Override
    public RestoreNode node() {
        return root ? RestoreNode.followed(path) : RestoreNode.named(path);
    }

    @Override
    RestoreNode create(String temporary) throws IOException {
        return RestoreNode.named(Files.createFile(path.resolve(temporary), StoreWriter.FILE_OF_OWNER));
    }

    @Override
    public void link(RestoreNode file, String name) throws IOException {
        Files.createLink(at(name), file.path());
    }

    @Override
    void removeTree(String name, DirectoryRemoval.Guard guard) throws IOException {
        throw new IOException(RestoredFiles.CANNOT_REMOVE_SAFELY);
    }

    @Override
    void dispose() {}
}
