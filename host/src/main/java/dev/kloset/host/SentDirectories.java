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
 * The directories of an export that needs more than one stream. At the end of a stream an exporter gives its directories their
 * modes and times; one that gets more entries over the next stream must be named there again, or it would keep whatever
 * these entries make of it.
 *
 * <p>Bounded by the directories of the export; of files nothing is kept. The sender's thread calls all but {@link #find}.
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

    /** {@return what must be named again before {@code pathname}, from the root down} Mostly nothing. */
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

    /** {@return the directory of that name, if one was sent} Any thread. */
    @Nullable
    FileRecord find(String pathname) {
        return known.get(pathname);
    }
}
