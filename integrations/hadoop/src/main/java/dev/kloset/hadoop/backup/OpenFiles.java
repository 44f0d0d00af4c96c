package dev.kloset.hadoop.backup;

import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.mount.RealPath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.OpenFileEntry;
import org.apache.hadoop.hdfs.protocol.OpenFilesIterator.OpenFilesType;

/**
 * The files that are open for writing. HDFS tells a superuser all of them at once. Nothing else shows them, but for a listing with
 * blocks: the listed length of an open file may stay the same while its writer goes on.
 *
 * @param numbers the numbers of the files
 * @param first some of them by name
 */
record OpenFiles(Set<Long> numbers, List<String> first) {

    private static final System.Logger LOG = System.getLogger(OpenFiles.class.getName());
    private static final int NAMED = 100;

    /** {@return those below these paths, as far as this user may know} */
    static OpenFiles below(List<RealPath> tops) throws IOException, InterruptedException {
        OpenFiles open = new OpenFiles(new HashSet<>(), new ArrayList<>());
        for (RealPath top : tops) {
            if (top.fileSystem() instanceof DistributedFileSystem hdfs) {
                open.add(hdfs, top.pathname());
            }
        }
        return open;
    }

    private void add(DistributedFileSystem hdfs, String top) throws InterruptedException {
        try {
            RemoteIterator<OpenFileEntry> entries = Calls
                    .get(() -> hdfs.listOpenFiles(EnumSet.of(OpenFilesType.ALL_OPEN_FILES), top));
            while (Calls.get(entries::hasNext)) {
                OpenFileEntry entry = Calls.get(entries::next);
                numbers.add(entry.getId());
                if (first.size() < NAMED) {
                    first.add(entry.getFilePath());
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "cannot list the open files below " + top, e);
        }
    }

    boolean contains(long number) {
        return numbers.contains(number);
    }
}
