package dev.kloset.hadoop.restore;

import dev.kloset.FileInfo;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.resilience.Spill;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What files of metadata said of files that have not come yet; and the files that came before the file of metadata of their
 * directory, as those with names that begin with a hyphen do. The lines of a directory of millions of files would not fit into the
 * heap, so they are kept as bytes, and those of the files that come now are read. For any number of threads.
 */
final class KnownMetadata implements AutoCloseable {

    private static final long IN_MEMORY = 4L << 20;
    private static final int READ = 2 << 20;

    private final Spill spill = new Spill(IN_MEMORY);
    private final Map<String, MetadataPages> directories = new HashMap<>(); // guarded by this, as all below
    private final Map<MetadataPage, Map<String, Metadata>> read = new LinkedHashMap<>(16, 0.75f, true);
    private int readBytes;
    private final Map<String, Map<String, FileInfo>> early = new HashMap<>();

    /** Keep lines for the files of a directory. */
    synchronized void put(String directory, Collection<Metadata> lines) throws IOException {
        if (!lines.isEmpty()) {
            MetadataPage page = new MetadataPage(lines, spill);
            directories.computeIfAbsent(directory, _ -> new MetadataPages()).add(page);
        }
    }

    /** {@return what is known of a file, which has come now} */
    synchronized Metadata take(String pathname) throws IOException {
        String name = Layout.name(pathname);
        String directory = Layout.parent(pathname);
        MetadataPages pages = directories.get(directory);
        if (pages != null) {
            for (MetadataPage page : pages.reaching(name)) {
                Metadata line = lines(page).remove(name);
                if (line != null) {
                    taken(directory, pages, page);
                    return line;
                }
            }
        }
        return Metadata.none(name);
    }

    private Map<String, Metadata> lines(MetadataPage page) throws IOException {
        Map<String, Metadata> lines = read.get(page);
        if (lines == null) {
            lines = page.read();
            read.put(page, lines);
            readBytes += page.size();
            makeRoom(page);
        }
        return lines;
    }

    private void makeRoom(MetadataPage latest) {
        Iterator<MetadataPage> eldest = read.keySet().iterator();
        while (readBytes > READ) {
            MetadataPage page = eldest.next();
            if (page == latest) {
                return;
            }
            eldest.remove();
            readBytes -= page.size();
        }
    }

    private void taken(String directory, MetadataPages pages, MetadataPage page) {
        if (page.isLast()) {
            read.remove(page);
            readBytes -= page.size();
            pages.remove(page);
            if (pages.isEmpty()) {
                directories.remove(directory);
            }
        }
    }

    /** Remember a file that came before its line of metadata. */
    synchronized void early(String pathname, FileInfo info) {
        early.computeIfAbsent(Layout.parent(pathname), _ -> new HashMap<>()).put(Layout.name(pathname), info);
    }

    /** {@return the files of a directory that have come already, by name} */
    synchronized Map<String, FileInfo> early(String directory) {
        return Map.copyOf(early.getOrDefault(directory, Map.of()));
    }

    /** {@return whether each line has gone to its file} */
    synchronized boolean isEmpty() {
        return directories.isEmpty() && read.isEmpty() && readBytes == 0;
    }

    /** Forget everything. */
    @Override
    public void close() throws IOException {
        spill.close();
    }
}
