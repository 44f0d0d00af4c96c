package dev.kloset.sdk;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.RefusedRecordException;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ServerCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Export call: gives the exporter its records, one after the other as the wire has them, and sends the results. The
 * exporter runs on the thread of the call, so cancelling the call interrupts it.
 */
final class ExportPump implements RecordSource, ResultSink {

    private final ServerCall call;
    // Records without a result. Bounded by what the exporter itself holds back. guarded by itself
    private final IdentityHashMap<ConnectorRecord, Boolean> unanswered = new IdentityHashMap<>();
    private volatile @Nullable ConnectorRecord current;
    private volatile @Nullable ExportContent content; // of the current record
    private boolean ended;

    ExportPump(ServerCall call) {
        this.call = call;
    }

    /** Run the whole export: afterwards every record has one result and the host has said all it had to say. */
    void run(Exporter exporter) throws Exception {
        call.purpose(this::inWords);
        try {
            runObserved(exporter);
        } finally {
            ExportContent last = content;
            if (last != null) {
                last.over();
            }
        }
    }

    private void runObserved(Exporter exporter) throws Exception {
        try {
            exporter.exportRecords(this, this);
        } catch (Throwable failure) {
            refuseTheRest(failure);
            throw failure;
        }
        if (call.isCancelled()) {
            throw new InterruptedException("the export was cancelled");
        }
        refuseTheRest("the exporter returned without a result for this record");
    }

    private String inWords() {
        ConnectorRecord record = current;
        int count;
        synchronized (unanswered) {
            count = unanswered.size();
        }
        return count + " records have no result yet" + (record == null
                ? ""
                : ", the content of " + record.pathname()
                        + " is not through");
    }

    /** A host cannot stop in the middle: it hides our status and hangs. So everything gets an answer, up to the end. */
    private void refuseTheRest(String why) throws IOException, InterruptedException {
        while (next() != null) {
            answerAll(why);
        }
        answerAll(why);
    }

    private void refuseTheRest(Throwable failure) throws InterruptedException {
        try {
            if (!call.isCancelled()) {
                refuseTheRest("the restore stopped before this record: " + Sentence.of(failure));
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
            discardTheRest();
        }
    }

    private void discardTheRest() throws InterruptedException {
        try {
            while (call.receive() != null) {
                // Not understood any more, but the host must get rid of it.
            }
        } catch (IOException e) {
            // The call is over anyway.
        }
    }

    private void answerAll(String why) throws IOException, InterruptedException {
        List<ConnectorRecord> open;
        synchronized (unanswered) {
            open = List.copyOf(unanswered.keySet());
        }
        for (ConnectorRecord record : open) {
            error(record, why);
        }
    }

    @Override
    public @Nullable ConnectorRecord next() throws IOException, InterruptedException {
        while (true) {
            releaseCurrent();
            ByteBuffer message = ended ? null : ExportContent.receive(call);
            if (message == null) {
                ended = true;
                LogPlace.path(null);
                return null;
            }
            try {
                return accept(ExportRequest.decode(message).record());
            } catch (RefusedRecordException e) {
                refuse(e);
            }
        }
    }

    private ConnectorRecord accept(@Nullable WireRecord wire) throws IOException {
        if (wire == null) {
            throw new IOException("the host sent content that belongs to no record");
        }
        ConnectorRecord record = bind(wire);
        synchronized (unanswered) {
            unanswered.put(record, wire.hasReader());
        }
        current = record;
        LogPlace.path(record.pathname());
        Observers.record(record);
        return record;
    }

    /** A record that breaks the rules fails alone. It may have no path that can be repeated, so the root's is reported. */
    private void refuse(RefusedRecordException reason) throws IOException, InterruptedException {
        String message = Sentence.of(reason);
        WireRecord header = new WireRecord(new ErrorRecord("/", message), false);
        call.send(new ExportResponse(new WireResult(header, message)).encode());
        if (reason.hasReader()) {
            content = new ExportContent(call, "the refused record"); // to be taken off the wire with the next record
        }
    }

    private void releaseCurrent() throws IOException {
        ExportContent last = content;
        if (last != null) {
            last.release();
            content = null;
            current = null;
            // A broken file is the failure of its record; a broken call is the end of everything.
            if (last.failure() instanceof CallCancelledException cancelled) {
                throw cancelled;
            }
        }
    }

    private ConnectorRecord bind(WireRecord wire) {
        if (!wire.hasReader()) {
            return wire.record();
        }
        ExportContent bytes = new ExportContent(call, wire.record().pathname());
        content = bytes;
        // No switch over types: those cannot be in a start-up cache.
        if (wire.record() instanceof FileRecord file) {
            return file.withContent(bytes::open);
        }
        return wire.record() instanceof XattrRecord x
                ? new XattrRecord(x.pathname(), x.name(), x.type(), bytes::open)
                : wire.record();
    }

    @Override
    public void ok(ConnectorRecord record) throws IOException, InterruptedException {
        IOException incomplete = incomplete(record);
        answer(record, incomplete == null ? null : Sentence.of(incomplete));
    }

    @Override
    public void error(ConnectorRecord record, String message) throws IOException, InterruptedException {
        answer(record, Sentence.of(message));
    }

    /** Whoever says ok before the end of the content may not have seen that it is cut short. */
    @SuppressWarnings("ReferenceEquality") // Two records of one path are two records.
    private @Nullable IOException incomplete(ConnectorRecord record) {
        ExportContent bytes = content;
        if (bytes == null || record != current) {
            return null;
        }
        bytes.drain();
        return bytes.failure();
    }

    private void answer(ConnectorRecord record, @Nullable String error) throws IOException, InterruptedException {
        Boolean hasReader;
        synchronized (unanswered) {
            hasReader = unanswered.remove(record);
        }
        if (hasReader != null) {
            String shown = error == null ? null : HiddenSecrets.ofThisProcess().hide(error);
            Observers.result(record, shown);
            call.send(new ExportResponse(new WireResult(new WireRecord(record, hasReader), shown)).encode());
        }
    }
}
