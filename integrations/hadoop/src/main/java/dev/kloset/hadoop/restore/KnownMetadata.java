package dev.kloset.hadoop.restore;

import dev.kloset.FileInfo;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.Metadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What files of metadata said of files that have not come yet; and the files that came before the file of metadata of their
 * directory, as those with names that begin with a hyphen do. For any number of threads.
 */
final class KnownMetadata {

    private final Map<String, Metadata> lines = new HashMap<>(); // guarded by this, as below
    private final Map<String, Map<String, FileInfo>> early = new HashMap<>();

    /** Keep a line for its file. */
    synchronized void put(String pathname, Metadata line) {
        lines.put(pathname, line);
    }

    /** {@return what is known of a file, which has come now} */
    synchronized Metadata take(String pathname) {
        Metadata line = lines.remove(pathname);
        return Objects.requireNonNullElseGet(line, () -> Metadata.none(Layout.name(pathname)));
    }

    /** Remember a file that came before its line of metadata. */
    synchronized void early(String pathname, FileInfo info) {
        early.computeIfAbsent(Layout.parent(pathname), _ -> new HashMap<>()).put(Layout.name(pathname), info);
    }

    /** {@return the files of a directory that have come already, by name} */
    synchronized Map<String, FileInfo> early(String directory) {
        return Map.copyOf(early.getOrDefault(directory, Map.of()));
    }
}
