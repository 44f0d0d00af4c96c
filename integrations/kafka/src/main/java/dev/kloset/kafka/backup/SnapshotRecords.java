package dev.kloset.kafka.backup;

import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Emits records. Texts have a digest of their bytes as identity, and no time: a host reads again only those that have changed.
 *
 * @param time of what has to be read in each backup
 */
record SnapshotRecords(RecordSink records, Instant time) {

    void directory(String pathname) throws IOException, InterruptedException {
        records.emit(FileRecord.of(pathname, FileInfo.directory(name(pathname), Instant.EPOCH)));
    }

    void text(String pathname, String text) throws IOException, InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        FileInfo info = FileInfo.builder(name(pathname)).size(bytes.length).identity(bytes).build();
        records.emit(FileRecord.file(pathname, info, Content.of(bytes)));
    }

    void file(String pathname, FileInfo info, Content content) throws IOException, InterruptedException {
        records.emit(FileRecord.file(pathname, info, content));
    }

    void unreadable(List<Unreadable> all) throws IOException, InterruptedException {
        for (Unreadable one : all) {
            records.emit(new ErrorRecord(one.pathname(), one.sentence()));
        }
    }

    private static String name(String pathname) {
        return pathname.equals("/") ? pathname : pathname.substring(pathname.lastIndexOf('/') + 1);
    }
}
