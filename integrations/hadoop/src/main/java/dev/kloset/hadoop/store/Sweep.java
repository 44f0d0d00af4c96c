package dev.kloset.hadoop.store;

import dev.kloset.hadoop.connect.Calls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Removes what killed processes left half written. HDFS does not say whether the writer of a file still runs, but none takes a day
 * for one object. All times are of the NameNode's clock.
 */
record Sweep(StoreFiles files) {

    private static final Duration LONGEST_PUT = Duration.ofHours(24);

    /**
     * Remove old temporary files. What fails stays for another process, without a word to the user.
     *
     * @param fresh a file that was just written: its time is now
     */
    void from(Path fresh) throws InterruptedException {
        try {
            long now = Calls.get(() -> files.hdfs().getFileStatus(fresh)).getModificationTime();
            RemoteIterator<FileStatus> entries = Calls
                    .get(() -> files.hdfs().listStatusIterator(files.layout().temporaries()));
            while (Calls.get(entries::hasNext)) {
                FileStatus entry = Calls.get(entries::next);
                if (isLeft(entry, now)) {
                    Calls.get(() -> files.hdfs().delete(entry.getPath(), false));
                }
            }
        } catch (IOException e) {
            System.getLogger("dev.kloset.hadoop")
                    .log(Level.DEBUG, "cannot remove old temporary files of " + files.name(), e);
        }
    }

    static boolean isLeft(FileStatus entry, long now) {
        return entry.isFile() && StoreLayout.isTemporary(entry.getPath())
                && entry.getModificationTime() < now - LONGEST_PUT.toMillis();
    }
}
