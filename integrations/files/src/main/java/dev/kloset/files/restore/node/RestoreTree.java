package dev.kloset.files.restore.node;

import dev.kloset.files.posix.OpenFileLimit;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.posix.StoreWriter;
import dev.kloset.files.posix.WholeReason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directories below the root of a restore. Each part of a path is entered from the one above it and must be a real
 * directory, so neither {@code ..} nor a symbolic link leads out, no matter when and by which user it was made.
 *
 * <p>The directories on the way to the last one stay known, because records come depth first, and most of them open. For one thread.
 */
public final class RestoreTree implements AutoCloseable {

    private record Level(String name, KnownDirectory directory) {}

    private final RestoreDirectory root;
    private final KnownDirectory start;
    private final boolean rootExisted;
    private boolean rootIsUnfinished;
    private final List<Level> chain = new ArrayList<>();

    private RestoreTree(RestoreDirectory root, boolean rootExisted, boolean rootIsUnfinished, int mostOpen) {
        this.root = root;
        this.start = KnownDirectory.root(root, new OpenDirectories(mostOpen));
        this.rootExisted = rootExisted;
        this.rootIsUnfinished = rootIsUnfinished;
    }

    /**
     * {@return the tree below {@code root}, which is made if missing, together with its parents}
     *
     * @param calls the system calls; null to work without them
     */
    public static RestoreTree open(Path root, @Nullable RestoreNative calls) throws IOException {
        return open(root, calls, calls == null ? Integer.MAX_VALUE : OpenFileLimit.share());
    }

    /** @param mostOpen how many directories stay open between two uses, besides the root */
    public static RestoreTree open(Path root, @Nullable RestoreNative calls, int mostOpen) throws IOException {
        try {
            boolean existed = Files.isDirectory(root);
            boolean unfinished = !existed || UnfinishedRoot.isMarked(root);
            if (!existed) {
                make(root);
            }
            return new RestoreTree(calls == null
                    ? RestorePlainDirectory.root(root)
                    : RestoreAnchoredDirectory.open(calls, root), existed, unfinished, mostOpen);
        } catch (FileAlreadyExistsException e) {
            throw WholeReason.of("cannot restore to " + root + ": " + e.getFile() + " is not a directory", e);
        } catch (IOException e) {
            throw new IOException("cannot restore to " + root + ": " + RestoreReason.of(e), e);
        }
    }

    private static void make(Path root) throws IOException {
        Path parent = root.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(root, StoreWriter.DIRECTORY_OF_OWNER);
        UnfinishedRoot.mark(root);
    }

    /** {@return whether the root existed before this restore} */
    public boolean rootExisted() {
        return rootExisted;
    }

    /** {@return whether this restore made the root, or one that ended before it set the root's mode} */
    public boolean rootIsUnfinished() {
        return rootIsUnfinished;
    }

    /** Note that the root gets its mode now, or will not get one. */
    public void finishRoot() {
        if (rootIsUnfinished) {
            rootIsUnfinished = false;
            UnfinishedRoot.unmark(root.self());
        }
    }

    /** {@return the directory at {@code pathname}} Makes missing directories, accessible only to the owner. The caller closes it. */
    public RestoreDirectory enter(String pathname) throws IOException {
        return walk(pathname, true).open();
    }

    /** {@return the directory at {@code pathname}} The caller closes it. */
    public RestoreDirectory find(String pathname) throws IOException {
        return walk(pathname, false).open();
    }

    /** {@return the directory at {@code pathname}, for use later and by any thread} The caller closes. */
    public KnownDirectory know(String pathname) throws IOException {
        return walk(pathname, false).retain();
    }

    private KnownDirectory walk(String pathname, boolean make) throws IOException {
        List<String> names = RestorePath.names(pathname);
        leaveTo(commonDepth(names));
        for (String name : names.subList(chain.size(), names.size())) {
            chain.add(new Level(name, step(innermost(), name, make)));
        }
        return innermost();
    }

    private int commonDepth(List<String> names) {
        int depth = 0;
        while (depth < Math.min(chain.size(), names.size()) && chain.get(depth).name().equals(names.get(depth))) {
            depth++;
        }
        return depth;
    }

    private void leaveTo(int depth) {
        while (chain.size() > depth) {
            chain.removeLast().directory().close();
        }
    }

    private KnownDirectory innermost() {
        return chain.isEmpty() ? start : chain.getLast().directory();
    }

    private static KnownDirectory step(KnownDirectory parent, String name, boolean make) throws IOException {
        KnownDirectory known = parent.known(name);
        if (known != null) {
            return known;
        }
        try (RestoreDirectory above = parent.open()) {
            return parent.add(name, child(above, name, make));
        }
    }

    private static RestoreDirectory child(RestoreDirectory parent, String name, boolean make) throws IOException {
        try {
            return openOrMake(parent, name, make);
        } catch (NotDirectoryException e) {
            String found = Files.isSymbolicLink(parent.at(name)) ? "a symbolic link" : "not a directory";
            throw WholeReason.of("\"" + name + "\" on the way is " + found, e);
        }
    }

    private static RestoreDirectory openOrMake(RestoreDirectory parent, String name, boolean make) throws IOException {
        try {
            return parent.openChild(name);
        } catch (NoSuchFileException e) {
            if (!make) {
                throw e;
            }
            Files.createDirectory(parent.at(name), StoreWriter.DIRECTORY_OF_OWNER);
            return parent.openChild(name);
        }
    }

    @Override
    public void close() {
        leaveTo(0);
        start.close();
    }
}
