package dev.kloset.cli.copy;

import org.jspecify.annotations.Nullable;

/** Turns the paths of a source into paths of a destination: relative to the source's root. */
public final class SourcePaths {

    private final String root;
    private boolean rootIsFile;

    /** Take the root as the importer names it, with or without a trailing slash. */
    public SourcePaths(String root) {
        this.root = root.length() > 1 && root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    }

    public boolean isRoot(String pathname) {
        return pathname.equals(root);
    }

    /** Learn that the root is a single file. The file keeps its name, in a directory that stands for its parent. */
    public void rootIsFile() {
        rootIsFile = true;
    }

    /** {@return whether {@code pathname} is a directory on the way to the root} Importers list those too. */
    public boolean isAboveRoot(String pathname) {
        return !isRoot(pathname) && (pathname.equals("/") || root.startsWith(pathname + "/"));
    }

    /** {@return the path in the destination, or null if {@code pathname} is not below the root} */
    @Nullable
    public String inDestination(String pathname) {
        if (root.equals("/")) {
            return pathname;
        }
        if (isRoot(pathname)) {
            return rootIsFile ? root.substring(root.lastIndexOf('/')) : "/";
        }
        return pathname.startsWith(root + "/") ? pathname.substring(root.length()) : null;
    }
}
