package dev.kloset.host;

import dev.kloset.ConnectorRecord;
import dev.kloset.FileRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directories of an export that needs more than one stream. At the end of a stream an exporter sets the modes and times of
 * its directories. A directory that gets more entries over the next stream must be named there again, or it would keep the mode
 * and time that these entries leave it with.
 *
 * <p>Bounded by the number of directories in the export; files are not remembered. The sender's thread calls all methods but
 * {@link #find}.
 */
final class SentDirectories {

    private final Map<String, FileRecord> known = new ConcurrentHashMap<>();
    private final Set<String> inThisStream = new HashSet<>();
    private boolean again;

    void newStream() {
        again = !known.isEmpty();
        inThisStream.clear();
    }

    void sent(ConnectorRecord record) {
        if (record instanceof FileRecord file && file.info().mode().isDirectory()) {
            known.put(file.pathname(), file);
            inThisStream.add(file.pathname());
        }
    }

    /** {@return the directories to name again before {@code pathname}, from the root down} Usually none. */
    List<FileRecord> missingAbove(String pathname) {
        if (!again) {
            return List.of();
        }
        List<FileRecord> missing = new ArrayList<>();
        addIfMissing("/", missing);
        for (int end = pathname.indexOf('/', 1); end > 0; end = pathname.indexOf('/', end + 1)) {
            addIfMissing(pathname.substring(0, end), missing);
        }
        return missing;
    }

    private void addIfMissing(String directory, List<FileRecord> missing) {
        FileRecord record = known.get(directory);
        if (record != null && !inThisStream.contains(directory)) {
            missing.add(record);
        }
    }

    /** {@return the directory of that name, if it was sent} Any thread. */
    @Nullable
    FileRecord find(String pathname) {
        return known.get(pathname);
    }
}
