package dev.kloset.cli.copy;

import org.jspecify.annotations.Nullable;

/** Turns the paths of a source into paths of a destination: what lies below the source's root, seen from there. */
final class SourcePaths {

    private final String root;
    private boolean rootIsFile;

    /** Takes the root as the importer names it; a trailing slash is forgiven. */
    SourcePaths(String root) {
        this.root = root.length() > 1 && root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    }

    boolean isRoot(String pathname) {
        return pathname.equals(root);
    }

    /** The root turned out to be a single file: it keeps its name, in a directory that stands for its parent. */
    void rootIsFile() {
        rootIsFile = true;
    }

    /** {@return whether {@code pathname} is a directory on the way to the root} Importers list those too. */
    boolean isAboveRoot(String pathname) {
        return !isRoot(pathname) && (pathname.equals("/") || root.startsWith(pathname + "/"));
    }

    /** {@return the path in the destination, or null if {@code pathname} is not below the root} */
    @Nullable
    String inDestination(String pathname) {
        if (root.equals("/")) {
            return pathname;
        }
        if (isRoot(pathname)) {
            return rootIsFile ? root.substring(root.lastIndexOf('/')) : "/";
        }
        return pathname.startsWith(root + "/") ? pathname.substring(root.length()) : null;
    }
}
