package dev.kloset.cli.copy;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.XattrRecord;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the exporter the items of the queue. It opens a content before it hands out the record, so a file that cannot be opened
 * never reaches the destination. Runs on the exporter's thread.
 */
final class QueueSource implements RecordSource {

    private final CopyQueue queue;
    private final CopyReport report;
    private final BooleanSupplier sourceGone;

    private @Nullable CopyItem current;
    private @Nullable InputStream currentStream;
    private volatile boolean ended;

    QueueSource(CopyQueue queue, CopyReport report, BooleanSupplier sourceGone) {
        this.queue = queue;
        this.report = report;
        this.sourceGone = sourceGone;
    }

    /** {@return whether the exporter has read to the end} */
    boolean isEnded() {
        return ended;
    }

    @Override
    public @Nullable ConnectorRecord next() throws IOException, InterruptedException {
        finishCurrent();
        if (report.destinationGaveUp()) {
            return null; // nothing more comes, so the exporter now reports why it gave up
        }
        for (CopyItem item = queue.take(); item != null; item = queue.take()) {
            current = item;
            ConnectorRecord record = opened(item);
            if (record != null) {
                report.sent(record);
                return record;
            }
            finishCurrent();
        }
        ended = true;
        return null;
    }

    private @Nullable ConnectorRecord opened(CopyItem item) throws IOException, InterruptedException {
        PendingContent content = item.content();
        if (content == null) {
            return item.record();
        }
        try {
            InputStream stream = new CountedStream(content.open(), item.record(), report, sourceGone);
            currentStream = stream;
            return withContent(item.record(), once(stream));
        } catch (IOException | RuntimeException e) {
            if (e instanceof InterruptedIOException || sourceGone.getAsBoolean()) {
                throw e;
            }
            report.failed(item.record().pathname(), Sentence.of(e));
            return null;
        }
    }

    private static ConnectorRecord withContent(ConnectorRecord record, Content content) {
        return switch (record) {
            case FileRecord file -> file.withContent(content);
            case XattrRecord xattr -> new XattrRecord(xattr.pathname(), xattr.name(), xattr.type(), content);
            default -> record;
        };
    }

    private Content once(InputStream stream) {
        return () -> {
            if (!stream.equals(currentStream)) {
                throw new IOException("the content is gone: the next record was requested");
            }
            return stream;
        };
    }

    /** Finish the record handed out last: its content can no longer be read. */
    void finishCurrent() {
        CopyItem item = current;
        InputStream stream = currentStream;
        current = null;
        currentStream = null;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // Everything needed was read before.
            }
        }
        if (item != null) {
            item.acknowledge();
            if (item.isReadAhead()) {
                queue.unloaded();
            }
        }
    }
}
