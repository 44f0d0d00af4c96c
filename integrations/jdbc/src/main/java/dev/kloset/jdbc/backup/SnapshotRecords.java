package dev.kloset.jdbc.backup;

import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Emits the records of a snapshot. What was read before it is emitted looks by its digest: as in the backup before if the bytes are
 * the same, and otherwise not. Nothing else is known of its age, so its time is always the same. What the host opens unread has the
 * time of the point, so that it is read in each backup.
 */
record SnapshotRecords(RecordSink records, Instant time) {

    void directory(String pathname) throws IOException, InterruptedException {
        records.emit(FileRecord.of(pathname, FileInfo.directory(name(pathname), Instant.EPOCH)));
    }

    void text(String pathname, String text) throws IOException, InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        records.emit(FileRecord.file(pathname, known(pathname, bytes.length, Digest.of(bytes)), Content.of(bytes)));
    }

    /**
     * Emit rows that were read.
     *
     * @param acknowledged called when the host needs them no more
     */
    void rows(String pathname, HeldRows rows, Runnable acknowledged) throws IOException, InterruptedException {
        records.emit(FileRecord.file(pathname, known(pathname, rows.size(), rows.digest()), rows),
                _ -> acknowledged.run());
    }

    /** Emit a content that is read when the host opens it. */
    void unread(String pathname, Content content) throws IOException, InterruptedException {
        records.emit(FileRecord.file(pathname, FileInfo.file(name(pathname), FileInfo.UNKNOWN_SIZE, time), content));
    }

    private static FileInfo known(String pathname, long size, Digest digest) {
        return FileInfo.builder(name(pathname)).size(size).identity(digest.bytes()).build();
    }

    private static String name(String pathname) {
        return pathname.equals("/") ? pathname : pathname.substring(pathname.lastIndexOf('/') + 1);
    }
}
