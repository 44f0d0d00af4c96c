package dev.kloset.cli.copy;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the outcome of every record and passes failures on. The exporter reports its results here. Any thread.
 *
 * <p>If a content broke off while it was read, its record has failed, whatever the exporter says about it. The reported reason
 * is the source's: the exporter can only know that bytes were missing.
 */
final class CopyReport implements ResultSink {

    /** A reason that the copy does not repeat for each record, because the failure of the whole copy reports it once. */
    static final String TOLD_ELSEWHERE = "";

    // The SDK's runtime begins the result of every record with this once the exporter has failed as a whole. It reads on to the
    // end only because Plakar cannot stop.
    private static final String GAVE_UP = "the restore stopped before this record";

    /** Further size differences are only counted, for the summary; reporting each would not help the user. */
    private static final int SIZE_REMARKS = 10;

    private final CopyCounts counts = new CopyCounts();
    private final CopyListener listener;
    private final AtomicBoolean xattrsMentioned = new AtomicBoolean();
    private final AtomicBoolean ownersMentioned = new AtomicBoolean();
    // Exporters may hold back the results of directories until the end; of files they have only a few in progress.
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final Map<String, String> broken = new ConcurrentHashMap<>();
    private final Set<String> restoredDirectories = ConcurrentHashMap.newKeySet();
    private volatile boolean destinationGaveUp;

    CopyReport(CopyListener listener) {
        this.listener = listener;
    }

    /** {@return whether the destination has failed as a whole and only waits for the end to report it} */
    boolean destinationGaveUp() {
        return destinationGaveUp;
    }

    CopyCounts counts() {
        return counts;
    }

    void sent(ConnectorRecord record) {
        unanswered.add(key(record));
    }

    void read(long bytes) {
        counts.bytes.addAndGet(bytes);
    }

    /** Record that the content of a record was read to its end, after {@code bytes}. */
    void readToEnd(ConnectorRecord record, long bytes) {
        if (record instanceof FileRecord file && file.info().size() >= 0 && file.info().size() != bytes
                && counts.sizeDifferences.incrementAndGet() <= SIZE_REMARKS) {
            listener.sizeDiffers(file.pathname(), file.info().size(), bytes);
        }
    }

    /** Record that the content of a record already sent broke off. */
    void broke(ConnectorRecord record, String message) {
        broken.put(key(record), message);
    }

    void failed(String pathname, String message) {
        counts.errors.incrementAndGet();
        if (!message.equals(TOLD_ELSEWHERE)) {
            listener.failed(pathname, message);
        }
    }

    void xattrLeftOut() {
        counts.xattrsLeftOut.incrementAndGet();
        if (xattrsMentioned.compareAndSet(false, true)) {
            listener.xattrsLeftOut();
        }
    }

    void ownerLeftOut() {
        if (ownersMentioned.compareAndSet(false, true)) {
            listener.ownersLeftOut();
        }
    }

    @Override
    public void ok(ConnectorRecord record) {
        if (!unanswered.remove(key(record))) {
            return; // A directory that the copy made up and that came later may get one result for both, or two.
        }
        String reason = broken.remove(key(record));
        if (reason != null) {
            failed(record.pathname(), reason);
            return;
        }
        switch (record) {
            case FileRecord file -> count(file);
            case XattrRecord _ -> counts.xattrs.incrementAndGet();
            case ErrorRecord _ -> {
            } // never sent
        }
    }

    @Override
    public void error(ConnectorRecord record, String message) {
        unanswered.remove(key(record));
        String reason = broken.remove(key(record));
        if (message.startsWith(GAVE_UP)) {
            destinationGaveUp = true;
            reason = TOLD_ELSEWHERE;
        }
        failed(record.pathname(), reason == null ? message : reason);
    }

    /** Count every record without a result as failed: the exporter is done. */
    void settle() {
        for (String key : unanswered) {
            String reason = broken.get(key);
            failed(key.substring(0, key.indexOf('\0')),
                    reason == null ? "the destination reported no result for it" : reason);
        }
        unanswered.clear();
    }

    /** {@return a key for a record} An attribute has the path of its file. Neither paths nor names contain the separator. */
    private static String key(ConnectorRecord record) {
        return record.pathname() + '\0' + (record instanceof XattrRecord xattr ? xattr.name() : "");
    }

    private void count(FileRecord file) {
        FileMode mode = file.info().mode();
        if (mode.isDirectory()) {
            if (restoredDirectories.add(file.pathname())) {
                counts.directories.incrementAndGet();
            }
        } else if (mode.isSymlink()) {
            counts.symlinks.incrementAndGet();
        } else if (mode.isRegular()) {
            counts.files.incrementAndGet();
        } else {
            counts.specials.incrementAndGet();
        }
    }
}
