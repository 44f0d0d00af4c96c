package dev.kloset.files.backup;

import dev.kloset.ConnectorContext;
import dev.kloset.Location;
import dev.kloset.files.posix.QuotedName;
import dev.kloset.files.posix.WalkName;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Where the walk starts.
 *
 * @param location the location that the user gave, absolute and clean
 * @param links the symbolic links between there and {@code start}, usually none
 * @param start the file or directory to walk: the location itself, unless that is a symbolic link
 */
record WalkRoot(Path location, Set<Path> links, Path start) {

    private static final int MAX_LINKS = 40; // as many as Linux follows

    static WalkRoot of(ConnectorContext context) throws IOException {
        Location location = context.config().location();
        try {
            Path given = Path.of(location.path());
            // Use the user's directory only for relative paths: its name may be impossible in this locale.
            Path path = given.isAbsolute() ? given : Path.of(context.options().cwd()).resolve(given).toAbsolutePath();
            path = path.normalize();
            if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                throw new IOException("cannot back up " + location + ": only file systems of Unix are supported");
            }
            if (!WalkName.isTrustworthy(path.toString())) {
                throw notInThisLocale(location);
            }
            return following(path);
        } catch (InvalidPathException e) {
            throw notInThisLocale(location);
        }
    }

    private static IOException notInThisLocale(Location location) {
        return new IOException(
                "cannot back up " + location + ": Java cannot name this path in the locale of this process"
                        + " (sun.jnu.encoding is " + System.getProperty("sun.jnu.encoding") + "); set LC_ALL=C.UTF-8");
    }

    private static WalkRoot following(Path location) throws IOException {
        Set<Path> links = new LinkedHashSet<>();
        Path at = location;
        while (Files.isSymbolicLink(at)) {
            if (!links.add(at) || links.size() > MAX_LINKS) {
                throw new FileSystemLoopException(location.toString());
            }
            Path parent = Objects.requireNonNull(at.getParent(), "the root is no link");
            at = parent.toRealPath().resolve(Files.readSymbolicLink(at)).normalize();
        }
        // Resolve a link only if the location is one: otherwise users find the files under the path that they gave.
        Path start = links.isEmpty() ? location : location.toRealPath();
        return new WalkRoot(location, links, start);
    }

    /** {@return every directory above the start and the links, from the top down, except those that the walk finds} */
    Set<Path> ancestors() {
        Set<Path> ancestors = new LinkedHashSet<>();
        for (Path link : links) {
            addAncestors(link, ancestors);
        }
        addAncestors(start, ancestors);
        return ancestors;
    }

    /** {@return the links that the walk does not find} */
    Set<Path> linksOutside() {
        Set<Path> outside = new LinkedHashSet<>(links);
        outside.removeIf(link -> link.startsWith(start));
        return outside;
    }

    /** {@return the path in the record for one of these paths} */
    static String pathname(Path path) {
        return QuotedName.of(WalkName.bytes(path));
    }

    private void addAncestors(Path path, Set<Path> ancestors) {
        for (int length = 0; length < path.getNameCount(); length++) {
            Path root = path.getRoot();
            Path ancestor = length == 0 ? root : root.resolve(path.subpath(0, length));
            if (!ancestor.startsWith(start)) {
                ancestors.add(ancestor);
            }
        }
    }
}
