package dev.kloset.hadoop.store;

import dev.kloset.ObjectMac;
import dev.kloset.ParallelListing;
import dev.kloset.StorageResource;
import dev.kloset.hadoop.connect.Calls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Reads the content of a repository from the directories themselves, because other processes add and remove objects at any time. */
record StoreListing(StoreFiles files) {

    /** The NameNode answers so many at once nearly as fast as one. */
    private static final int AT_ONCE = 16;
    private static final Pattern BUCKET = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{64}");

    /** {@return the MACs of all objects of {@code resource}} Ignores anything else in the directories. */
    List<ObjectMac> list(StorageResource resource) throws IOException, InterruptedException {
        Path directory = files.layout().directory(resource);
        Collection<ObjectMac> macs = new ConcurrentLinkedQueue<>();
        if (StoreLayout.isBucketed(resource)) {
            ParallelListing.with(AT_ONCE).run(tasks -> listBuckets(directory, tasks, macs));
        } else {
            collect(directory, "", macs);
        }
        return new ArrayList<>(macs);
    }

    private void listBuckets(Path directory, ParallelListing.Tasks tasks, Collection<ObjectMac> macs)
            throws IOException, InterruptedException {
        RemoteIterator<FileStatus> entries = Calls.get(() -> files.hdfs().listStatusIterator(directory));
        while (Calls.get(entries::hasNext)) {
            FileStatus bucket = Calls.get(entries::next);
            String name = bucket.getPath().getName();
            if (bucket.isDirectory() && BUCKET.matcher(name).matches()) {
                tasks.add(() -> collect(bucket.getPath(), name, macs));
            }
        }
    }

    private void collect(Path directory, String bucket, Collection<ObjectMac> macs)
            throws IOException, InterruptedException {
        RemoteIterator<FileStatus> entries = Calls.get(() -> files.hdfs().listStatusIterator(directory));
        while (Calls.get(entries::hasNext)) {
            FileStatus entry = Calls.get(entries::next);
            String name = entry.getPath().getName();
            if (entry.isFile() && name.startsWith(bucket) && OBJECT.matcher(name).matches()) {
                macs.add(ObjectMac.fromHex(name));
            }
        }
    }
}
