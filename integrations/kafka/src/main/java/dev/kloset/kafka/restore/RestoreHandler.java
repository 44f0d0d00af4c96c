package dev.kloset.kafka.restore;

import dev.kloset.ConnectorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordHandler;
import dev.kloset.export.ExportFailures;
import dev.kloset.kafka.layout.GroupFile;
import dev.kloset.kafka.layout.LayoutFile;
import dev.kloset.kafka.layout.LayoutFile.Kind;
import dev.kloset.kafka.layout.SmallFile;
import java.io.IOException;
import java.io.InputStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Hands each file of a snapshot to what it is for. */
record RestoreHandler(Restore restore, ExportFailures failures) implements RecordHandler {

    private static final String RECORDS = ".krec";
    private static final int MOST_CAUSES = 10;

    static LayoutFile file(ConnectorRecord record) {
        if (record instanceof FileRecord file && file.info().mode().isDirectory()) {
            return new LayoutFile(Kind.DIRECTORY, "");
        }
        return record instanceof FileRecord file && file.content().isPresent()
                ? LayoutFile.of(record.pathname())
                : new LayoutFile(Kind.OTHER, "");
    }

    static int phase(ConnectorRecord record) {
        return file(record).kind().phase();
    }

    /** {@return what is restored in order: the windows of a partition, which are in one directory} */
    static @Nullable String key(ConnectorRecord record) {
        LayoutFile file = file(record);
        return file.kind() == Kind.WINDOW ? file.directory() : null;
    }

    @Override
    public void handle(ConnectorRecord record) throws IOException, InterruptedException {
        LayoutFile file = file(record);
        if (file.kind() == Kind.OTHER) {
            IOException unknown = new IOException(
                    "this is not a file of a backup of Kafka, so it cannot be restored into a cluster");
            if (record.pathname().endsWith(RECORDS)) {
                failures.add(unknown);
            } else {
                restore.unknown(unknown);
            }
            throw unknown;
        }
        if (file.kind() != Kind.DIRECTORY && record instanceof FileRecord content && content.content().isPresent()) {
            failures.check();
            try (InputStream in = content.content().get().open()) {
                handle(file.kind(), record.pathname(), in);
            } catch (IOException e) {
                if (isUnreachable(e)) {
                    throw failures.stop(e); // thousands of files would wait as long, one after the other
                }
                failures.add(e);
                throw e;
            } catch (RuntimeException e) {
                failures.add(e);
                throw e;
            }
        }
    }

    private static boolean isUnreachable(IOException failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof TimeoutException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private void handle(Kind kind, String pathname, InputStream in) throws IOException, InterruptedException {
        switch (kind) {
            case WINDOW -> restore.window(pathname, in);
            case ACLS -> restore.acls(SmallFile.read(in));
            case QUOTAS -> restore.quotas(SmallFile.read(in));
            case CLUSTER, TOPIC, GROUP, POINT -> json(kind, pathname, SmallFile.read(in));
            case DIRECTORY, OTHER -> throw new IllegalStateException("nothing to do for " + pathname);
        }
    }

    private void json(Kind kind, String pathname, byte[] file) throws IOException, InterruptedException {
        // Restored alone, a group's file may have the name of any other.
        switch (GroupFile.is(file) ? Kind.GROUP : kind) {
            case CLUSTER -> restore.cluster(file);
            case TOPIC -> restore.topic(pathname, file);
            case POINT -> restore.point(file);
            default -> restore.group(pathname, file);
        }
    }
}
