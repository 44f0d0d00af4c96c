package dev.kloset.jdbc.backup;

import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Emits the records of a snapshot, all with the time of its point: they are read in each backup. */
record SnapshotRecords(RecordSink records, Instant time) {

    void directory(String pathname) throws IOException, InterruptedException {
        records.emit(FileRecord.of(pathname, FileInfo.directory(name(pathname), time)));
    }

    void text(String pathname, String text) throws IOException, InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        records.emit(FileRecord.file(pathname, FileInfo.file(name(pathname), bytes.length, time), Content.of(bytes)));
    }

    void content(String pathname, Content content) throws IOException, InterruptedException {
        records.emit(FileRecord.file(pathname, FileInfo.file(name(pathname), FileInfo.UNKNOWN_SIZE, time), content));
    }

    private static String name(String pathname) {
        return pathname.equals("/") ? pathname : pathname.substring(pathname.lastIndexOf('/') + 1);
    }
}
