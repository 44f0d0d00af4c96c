package dev.kloset.sdk.internal.service;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.protobuf.RefusedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One Export call: gives the exporter its records, one after the other in the order of the wire, and sends the results. The
 * exporter runs on the thread of the call, so cancelling the call interrupts it.
 *
 * <p>One thread at a time receives: the content of the current record does so under its own lock, and {@link #next} under {@link
 * #taking} once that content is finished, before there is another one.
 */
final class ExportPump implements RecordSource, ResultSink {

    private final ServerCall call;
    private final Observers observers;
    // Records without a result, with their content if they have one. Bounded by how many records the exporter itself holds back.
    // guarded by itself
    private final IdentityHashMap<ConnectorRecord, @Nullable ExportContent> unanswered = new IdentityHashMap<>();
    private final ReentrantLock taking = new ReentrantLock();
    private final ReentrantLock sending = new ReentrantLock(); // held from the choice of a result until it is sent
    private volatile @Nullable ConnectorRecord current; // written under taking
    private volatile @Nullable ExportContent content; // of the current record; written under taking
    private boolean ended; // guarded by taking
    private volatile boolean returned; // the exporter has
    private volatile @Nullable ExportContent readTooLate;

    ExportPump(ServerCall call, Observers observers) {
        this.call = call;
        this.observers = observers;
    }

    /** Run the whole export: afterwards every record has one result and the host has sent everything. */
    void run(Exporter exporter) throws Exception {
        call.describe(this::inWords);
        try {
            runObserved(exporter);
        } finally {
            returned = true;
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
            returned = true;
            LeftoverInterrupt.clear(call);
            refuseTheRest(failure);
            throw failure;
        }
        returned = true;
        LeftoverInterrupt.clear(call);
        if (call.isCancelled()) {
            throw new InterruptedException("the export was cancelled");
        }
        answerTheRest("the exporter returned without a result for this record");
        requireNothingLost();
    }

    /**
     * The host believes that the record is restored. A reader that still wants its bytes proves otherwise, so the whole export
     * fails.
     */
    private void requireNothingLost() throws IOException {
        ExportContent late = readTooLate;
        if (late != null && late.isRestored()) {
            throw new IOException("cannot restore " + late.pathname()
                    + ": the exporter reported it as restored, and read its content afterwards");
        }
    }

    private synchronized void readTooLate(ExportContent late) {
        ExportContent before = readTooLate;
        if (before == null || !before.isRestored()) {
            readTooLate = late;
        }
    }

    /** A thread of the exporter may be sending a result; the status must not overtake it. */
    private void awaitSent() throws InterruptedException {
        sending.lockInterruptibly();
        sending.unlock();
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

    /** A host cannot stop in the middle: it hides our status and hangs. So every record gets an answer, up to the end. */
    private void refuseTheRest(String why) throws IOException, InterruptedException {
        while (take() != null) {
            answerAll(why);
        }
        answerAll(why);
        // A thread that was interrupted while it sent a result has put its record back.
        for (awaitSent(); hasUnanswered(); awaitSent()) {
            answerAll(why);
        }
    }

    private boolean hasUnanswered() {
        synchronized (unanswered) {
            return !unanswered.isEmpty();
        }
    }

    /** As {@link #refuseTheRest(String)}; an interrupt that belongs to no cancellation does not end it. */
    private void answerTheRest(String why) throws IOException, InterruptedException {
        while (true) {
            try {
                refuseTheRest(why);
                return;
            } catch (InterruptedException e) {
                if (call.isCancelled()) {
                    throw e;
                }
            }
        }
    }

    private void refuseTheRest(Throwable failure) throws InterruptedException {
        try {
            if (!call.isCancelled()) {
                answerTheRest("the restore stopped before this record: " + Sentence.of(failure));
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
            discardTheRest();
        }
    }

    private void discardTheRest() throws InterruptedException {
        taking.lockInterruptibly();
        try {
            while (call.receive() != null) {
                // We cannot understand the rest, but the host must be able to send it.
            }
        } catch (IOException e) {
            // The call is over anyway.
        } finally {
            taking.unlock();
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

    /** An interrupt of the exporter that does not cancel the call ends the current record, not the restore. */
    @Override
    public @Nullable ConnectorRecord next() throws IOException, InterruptedException {
        LeftoverInterrupt.clear(call);
        if (returned) {
            throw new IllegalStateException("exportRecords has returned: there are no more records");
        }
        return take();
    }

    private @Nullable ConnectorRecord take() throws IOException, InterruptedException {
        taking.lockInterruptibly();
        try {
            return takeNext();
        } finally {
            taking.unlock();
        }
    }

    private @Nullable ConnectorRecord takeNext() throws IOException, InterruptedException {
        while (true) {
            releaseCurrent();
            ByteBuffer message = ended ? null : ExportContent.receive(call, observers);
            if (message == null) {
                ended = true;
                HostContext.path(null);
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
            unanswered.put(record, content);
        }
        current = record;
        HostContext.path(record.pathname());
        observers.record(record);
        return record;
    }

    /**
     * A record that breaks the rules fails alone. It may have no path that can be repeated, so its failure is reported at the
     * root.
     */
    private void refuse(RefusedRecordException reason) throws IOException, InterruptedException {
        String message = Sentence.of(reason);
        WireRecord header = new WireRecord(new ErrorRecord("/", message), false);
        if (reason.hasReader()) {
            content = newContent("the refused record"); // to be taken off the wire with the next record
        }
        ByteBuffer result = new ExportResponse(new WireResult(header, message)).encode();
        boolean sent = false;
        while (!sent) {
            try {
                call.send(result.duplicate());
                sent = true;
            } catch (InterruptedException e) {
                if (call.isCancelled()) {
                    throw e;
                }
            }
        }
    }

    private void releaseCurrent() throws IOException, InterruptedException {
        ExportContent last = content;
        if (last != null) {
            last.release();
            content = null;
            current = null;
            // A broken file is the failure of its record; a broken call is the end of everything.
            if (last.cause() instanceof CallCancelledException cancelled) {
                throw cancelled;
            }
        }
    }

    private ConnectorRecord bind(WireRecord wire) {
        if (!wire.hasReader()) {
            return wire.record();
        }
        ExportContent bytes = newContent(wire.record().pathname());
        content = bytes;
        // No switch over types: those cannot be in a start-up cache.
        if (wire.record() instanceof FileRecord file) {
            return file.withContent(bytes::open);
        }
        return wire.record() instanceof XattrRecord x
                ? new XattrRecord(x.pathname(), x.name(), x.type(), bytes::open)
                : wire.record();
    }

    private ExportContent newContent(String pathname) {
        return new ExportContent(call, observers, pathname, this::readTooLate);
    }

    @Override
    public void ok(ConnectorRecord record) throws IOException, InterruptedException {
        answer(record, null);
    }

    @Override
    public void error(ConnectorRecord record, String message) throws IOException, InterruptedException {
        answer(record, Sentence.of(message));
    }

    /**
     * The result is sent in spite of an interrupt that the exporter's code has left behind; an interrupt during a wait here still
     * ends the wait.
     */
    private void answer(ConnectorRecord record, @Nullable String error) throws IOException, InterruptedException {
        boolean interrupted = LeftoverInterrupt.clear(call);
        try {
            conclude(record, error);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void conclude(ConnectorRecord record, @Nullable String error) throws IOException, InterruptedException {
        ExportContent bytes;
        synchronized (unanswered) {
            if (!unanswered.containsKey(record)) {
                return; // it has a result
            }
            bytes = unanswered.get(record);
        }
        String failure = error;
        if (bytes != null && error == null) {
            failure = bytes.restored();
        } else if (bytes != null) {
            bytes.answered();
        }
        send(record, bytes, failure);
    }

    private void send(ConnectorRecord record, @Nullable ExportContent bytes, @Nullable String error)
            throws IOException, InterruptedException {
        sending.lockInterruptibly();
        try {
            sendAlone(record, bytes, error);
        } finally {
            sending.unlock();
        }
    }

    private void sendAlone(ConnectorRecord record, @Nullable ExportContent bytes, @Nullable String error)
            throws IOException, InterruptedException {
        synchronized (unanswered) {
            if (!unanswered.containsKey(record)) {
                return;
            }
            unanswered.remove(record);
        }
        String shown = error == null ? null : observers.host().hide(error);
        try {
            call.send(new ExportResponse(new WireResult(new WireRecord(record, bytes != null), shown)).encode());
        } catch (InterruptedException e) {
            synchronized (unanswered) {
                unanswered.put(record, bytes); // nothing was sent
            }
            throw e;
        }
        observers.result(record, shown);
    }
}
