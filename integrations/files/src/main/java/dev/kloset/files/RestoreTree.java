package dev.kloset.files;

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
 * directory, so neither {@code ..} nor a symbolic link leads out, whoever made it and whenever.
 *
 * <p>The directories on the way to the last one stay open, because records come depth first. For one thread.
 */
final class RestoreTree implements AutoCloseable {

    private record Level(String name, RestoreDirectory directory) {}

    private final RestoreDirectory root;
    private final boolean rootExisted;
    private boolean rootIsUnfinished;
    private final List<Level> chain = new ArrayList<>();

    private RestoreTree(RestoreDirectory root, boolean rootExisted, boolean rootIsUnfinished) {
        this.root = root;
        this.rootExisted = rootExisted;
        this.rootIsUnfinished = rootIsUnfinished;
    }

    /**
     * {@return the tree below {@code root}, which is made with its parents if it is missing}
     *
     * @param calls null to do without
     */
    static RestoreTree open(Path root, @Nullable RestoreNative calls) throws IOException {
        try {
            boolean existed = Files.isDirectory(root);
            boolean unfinished = !existed || UnfinishedRoot.isMarked(root);
            if (!existed) {
                make(root);
            }
            return new RestoreTree(calls == null
                    ? RestorePlainDirectory.root(root)
                    : RestoreAnchoredDirectory.open(calls, root), existed, unfinished);
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

    /** {@return whether the root was there before this restore} */
    boolean rootExisted() {
        return rootExisted;
    }

    /** {@return whether the root was made by this restore, or by one that did not come to give it its mode} */
    boolean rootIsUnfinished() {
        return rootIsUnfinished;
    }

    /** The root gets its mode now, or will not get one. */
    void finishRoot() {
        if (rootIsUnfinished) {
            rootIsUnfinished = false;
            UnfinishedRoot.unmark(root.self());
        }
    }

    /** {@return the directory at {@code pathname}} Missing ones are made, for nobody but the owner. The caller closes. */
    RestoreDirectory enter(String pathname) throws IOException {
        return walk(pathname, true);
    }

    /** {@return the directory at {@code pathname}} The caller closes. */
    RestoreDirectory find(String pathname) throws IOException {
        return walk(pathname, false);
    }

    private RestoreDirectory walk(String pathname, boolean make) throws IOException {
        List<String> names = RestorePath.names(pathname);
        leaveTo(commonDepth(names));
        for (String name : names.subList(chain.size(), names.size())) {
            chain.add(new Level(name, child(innermost(), name, make)));
        }
        return innermost().retain();
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

    private RestoreDirectory innermost() {
        return chain.isEmpty() ? root : chain.getLast().directory();
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
        root.close();
    }
}
