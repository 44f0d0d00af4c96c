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
 * Gives the exporter what comes along the conveyor. A content is opened before its record is given out, so a file that
 * cannot even be opened never reaches the destination. Runs on the exporter's thread.
 */
final class ParcelSource implements RecordSource {

    private final Conveyor conveyor;
    private final CopyReport report;
    private final BooleanSupplier sourceGone;

    private @Nullable Parcel current;
    private @Nullable InputStream currentStream;
    private volatile boolean ended;

    ParcelSource(Conveyor conveyor, CopyReport report, BooleanSupplier sourceGone) {
        this.conveyor = conveyor;
        this.report = report;
        this.sourceGone = sourceGone;
    }

    /** {@return whether the exporter has asked until nothing was left} */
    boolean isEnded() {
        return ended;
    }

    @Override
    public @Nullable ConnectorRecord next() throws IOException, InterruptedException {
        finishCurrent();
        if (report.destinationGaveUp()) {
            return null; // it will say why now that nothing more comes
        }
        for (Parcel parcel = conveyor.take(); parcel != null; parcel = conveyor.take()) {
            current = parcel;
            ConnectorRecord record = opened(parcel);
            if (record != null) {
                report.sent(record);
                return record;
            }
            finishCurrent();
        }
        ended = true;
        return null;
    }

    private @Nullable ConnectorRecord opened(Parcel parcel) throws IOException, InterruptedException {
        PendingContent content = parcel.content();
        if (content == null) {
            return parcel.record();
        }
        try {
            InputStream stream = new CountedStream(content.open(), parcel.record(), report, sourceGone);
            currentStream = stream;
            return withContent(parcel.record(), once(stream));
        } catch (IOException | RuntimeException e) {
            if (e instanceof InterruptedIOException || sourceGone.getAsBoolean()) {
                throw e;
            }
            report.failed(parcel.record().pathname(), Sentence.of(e));
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
                throw new IOException("the content is gone: the next record was asked for");
            }
            return stream;
        };
    }

    /** Let go of the record given out last: its content cannot be read any more. */
    void finishCurrent() {
        Parcel parcel = current;
        InputStream stream = currentStream;
        current = null;
        currentStream = null;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // Everything wanted from it was read.
            }
        }
        if (parcel != null) {
            parcel.acknowledge();
            if (parcel.isReadAhead()) {
                conveyor.unloaded();
            }
        }
    }
}
