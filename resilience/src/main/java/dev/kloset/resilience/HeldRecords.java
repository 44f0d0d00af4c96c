package dev.kloset.resilience;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes records on while their source is held, and knows whether they still need it. Safe for any number of threads. */
final class HeldRecords implements RecordSink {

    private final HeldSource held;
    private final RecordSink host;
    private final Acknowledgements acknowledgements;

    /**
     * @param quiet how long to wait for a host that reads and acknowledges nothing: it may be waiting for the end of the
     *     listing
     */
    HeldRecords(HeldSource held, RecordSink host, Duration quiet) {
        this.held = held;
        this.host = host;
        this.acknowledgements = new Acknowledgements(quiet, held::releaseSoon);
    }

    @Override
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        held.check();
        acknowledgements.emit(host, watched(record), onResult);
    }

    private ConnectorRecord watched(ConnectorRecord record) {
        return switch (record) {
            case FileRecord file -> {
                Optional<Content> content = file.content();
                yield content.isPresent() ? file.withContent(watched(content.get())) : file;
            }
            case XattrRecord x -> new XattrRecord(x.pathname(), x.name(), x.type(), watched(x.content()));
            case ErrorRecord error -> error;
        };
    }

    private Content watched(Content content) {
        return acknowledgements.counted(() -> {
            held.check();
            return new Watched(content.open());
        });
    }

    /**
     * {@return whether all records were acknowledged; false if the host may be waiting for the end of the listing}
     *
     * @throws IOException if the hold is lost
     */
    boolean awaitAcknowledgements() throws IOException, InterruptedException {
        return acknowledgements.await(held::check);
    }

    /** Returns no byte that was read after the hold was lost. */
    private final class Watched extends FilterInputStream {

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            held.check();
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            held.check();
            return count;
        }
    }
}
