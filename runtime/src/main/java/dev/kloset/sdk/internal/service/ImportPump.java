package dev.kloset.sdk.internal.service;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import dev.kloset.sdk.internal.failure.ImportFailures;
import dev.kloset.sdk.internal.observe.Observer.Span;
import dev.kloset.sdk.internal.observe.Observer.Wait;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.sdk.internal.observe.WaitReason;
import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.ServerCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One Import call: records go out as the importer emits them while acknowledgements come in.
 *
 * <p>The importer runs on the thread of the call, so cancelling the call interrupts it. A second thread takes the
 * acknowledgements, or the host would stall. It is a platform thread, because an importer may compute, or emit from native code,
 * and so occupy every processor that virtual threads have.
 *
 * <p>A record that is handed over is sent before "finished", or its {@code emit} throws and the import fails.
 */
public final class ImportPump implements RecordSink {

    /**
     * How many records may be unacknowledged. It is many times what Plakar works on at once, which is one record per worker, and
     * small enough for all of them to fit the survivor spaces of the launcher's heap. More of them could grow old, and stay for
     * long.
     */
    private static final int MAX_IN_FLIGHT = 1024;

    /** The longest path, in characters, under which an error is reported. No file system of Linux has longer ones. */
    private static final int MAX_REFUSED_PATH = 4096;
    /** How much of a longer path is shown, so that the reason behind it is not cut off. */
    private static final int MAX_SHOWN_PATH = 256;

    /** How long to wait, after a failure, for the host to finish what it has. */
    private static final Duration ACK_PATIENCE = Duration.ofSeconds(5);

    private final ServerCall call;
    private final PendingRecords pending;
    private final Observers observers;
    private final Duration patience;
    private final RecordRoom room = new RecordRoom(MAX_IN_FLIGHT);
    private final EmitGate gate = new EmitGate();
    private final ImportFailures failures = new ImportFailures(this::interrupt);
    private final Thread acks = Thread.ofPlatform().daemon().name("acks").unstarted(this::takeAcknowledgements);
    private volatile @Nullable Thread importing; // while it runs
    private volatile boolean cancelled; // by the host's Close
    private volatile boolean ending; // the host is about to learn that the listing is complete
    private volatile boolean hostDone; // it half-closed, or the call broke
    private volatile @Nullable IOException ackFailure;

    public ImportPump(ServerCall call, PendingRecords pending, Observers observers) {
        this(call, pending, observers, ACK_PATIENCE);
    }

    /**
     * A pump with a patience of its own.
     *
     * @param patience how long to wait for acknowledgements after a failure
     */
    ImportPump(ServerCall call, PendingRecords pending, Observers observers, Duration patience) {
        this.call = call;
        this.pending = pending;
        this.observers = observers;
        this.patience = patience;
    }

    /** Run the whole import. Returns when the host has acknowledged everything. */
    public void run(Importer importer) throws Exception {
        importing = Thread.currentThread();
        call.describe(this::inWords);
        call.helper(acks);
        acks.start();
        try {
            importRecords(importer);
            ending = true; // before the look: a thread that is too late sees this, or the look sees the thread
            IOException late = failures.first();
            if (late != null) {
                awaitAcknowledgements();
                throw late;
            }
            persist(() -> call.send(ImportResponse.finishedMessage()));
            // The host closes its side only after all acknowledgements; ending earlier would fail the backup.
            persist(() -> awaitLast(acks));
        } catch (InterruptedException e) {
            rethrow(ackFailure);
            if (!isCancelled() && failures.first() != null) {
                // After "finished" the host ignores reasons. A call that ends too early fails the backup all the same.
                awaitAcknowledgements();
                rethrow(failures.first());
            }
            throw e;
        } finally {
            gate.close();
            importing = null;
            failures.end();
            Interruption.of(acks);
        }
        rethrow(ackFailure);
        // Of the listener of the last record: its interrupt may have come when there was nothing left to wait for.
        rethrow(failures.first());
    }

    private String inWords() {
        int inside = gate.inside();
        String emitting = inside == 0 ? "" : ", " + inside + (inside == 1 ? " thread emits" : " threads emit");
        // While a listener has not returned, the host may have acknowledged these.
        String by = WaitReason.authors(acks.getStackTrace()).isEmpty() ? " by the host" : "";
        return room.taken() + " records are not acknowledged" + by + emitting;
    }

    /** {@return whether the host has acknowledged everything, or is gone} */
    boolean hostIsDone() {
        return hostDone;
    }

    /** Interrupt the importer: the host wants no more of its records. */
    void cancel() {
        cancelled = true;
        interrupt();
    }

    private void interrupt() {
        if (importing != null) {
            call.interruptHandler();
        }
    }

    /** One of the last waits of an import. */
    private interface LastWait {
        void take() throws IOException, InterruptedException;
    }

    /** An interrupt that belongs to no cancellation and no failure does not end an import whose listing is complete. */
    private void persist(LastWait wait) throws IOException, InterruptedException {
        while (true) {
            try {
                wait.take();
                return;
            } catch (InterruptedException e) {
                if (isCancelled() || failures.first() != null || ackFailure != null) {
                    throw e;
                }
            }
        }
    }

    private static void rethrow(@Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private void importRecords(Importer importer) throws Exception {
        try {
            importer.importRecords(this);
        } catch (Throwable failure) {
            endListing();
            awaitAcknowledgements();
            throw failure;
        }
        endListing();
        // A connector that swallowed an interrupt must not turn a cancelled listing into a complete one.
        if (isCancelled()) {
            throw new InterruptedException("the import was cancelled");
        }
        persist(gate::awaitEmpty);
    }

    private boolean isCancelled() {
        return cancelled || call.isCancelled();
    }

    /** From here on refuse every record. Threads that wait for room notice that. */
    private void endListing() {
        gate.close();
        room.open();
        LeftoverInterrupt.clear(this::isCancelled);
    }

    /**
     * A status that overtakes acknowledgements is lost: the host then reports a bare "EOF" instead of our sentence. So wait until
     * the host has finished everything that it has.
     */
    private void awaitAcknowledgements() throws InterruptedException {
        try {
            if (!isCancelled()) {
                room.awaitEmpty(patience);
            }
        } catch (InterruptedException e) {
            if (isCancelled()) {
                throw e;
            }
        }
    }

    @Override
    public void emit(ConnectorRecord record) throws IOException, InterruptedException {
        send(record, null);
    }

    @Override
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        send(record, onResult);
    }

    private void send(ConnectorRecord record, @Nullable Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        Objects.requireNonNull(record, "record");
        boolean entered = false;
        try {
            Thread thread = Thread.currentThread();
            if (thread == acks) {
                throw new IllegalStateException(
                        "emit was called by a result listener, on the thread that takes the host's "
                                + "acknowledgements, and could wait for them forever: hand " + record.pathname()
                                + " to another thread");
            }
            if (thread != importing) {
                failures.emitting();
            }
            entered = gate.enter();
            if (!entered) {
                throw tooLate(record);
            }
            transmit(record, onResult);
        } catch (Throwable failure) {
            fail(record, failure);
            throw failure;
        } finally {
            if (entered) {
                gate.leave();
            }
        }
    }

    private static IllegalStateException tooLate(ConnectorRecord record) {
        return new IllegalStateException("importRecords has returned: " + record.pathname() + " comes too late");
    }

    private void fail(ConnectorRecord record, Throwable failure) {
        boolean first = failures.first() == null;
        failures.emit(record, failure);
        if (ending && first && !isCancelled()) {
            System.getLogger("dev.kloset.sdk")
                    .log(System.Logger.Level.ERROR, record.pathname()
                            + " is missing from the backup: the importer emitted it after importRecords had returned");
            interrupt();
        }
    }

    private void transmit(ConnectorRecord record, @Nullable Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        ConnectorRecord sent = record;
        ByteBuffer message;
        try {
            message = encode(record);
        } catch (IllegalArgumentException e) {
            // A record that cannot travel fails alone: on the wire it would end the whole stream.
            sent = refusal(record, e);
            message = encode(sent);
        }
        acquireRoom();
        boolean isSent = false;
        try {
            if (hostDone) {
                throw new IOException("the host stopped listening before the import was finished");
            }
            if (gate.isClosed()) {
                throw tooLate(record);
            }
            if (!pending.add(sent, onResult)) {
                ErrorRecord twice = new ErrorRecord(record.pathname(),
                        "the importer emitted this path twice; the second record is left out");
                pending.add(twice, onResult);
                message = encode(twice);
                sent = twice;
            }
            sendBuffered(message);
            isSent = true;
            observers.record(sent);
        } finally {
            if (!isSent) {
                // The host does not have it, so nothing may wait for its acknowledgement.
                pending.remove(sent);
                room.release();
            }
        }
    }

    private void acquireRoom() throws InterruptedException {
        try (Span _ = observers.waiting(Wait.ACKNOWLEDGEMENT)) {
            room.acquire();
        }
    }

    private void awaitLast(Thread acks) throws InterruptedException {
        try (Span _ = observers.waiting(Wait.ACKNOWLEDGEMENT)) {
            acks.join();
        }
    }

    private void sendBuffered(ByteBuffer message) throws IOException, InterruptedException {
        try (Span _ = observers.waiting(Wait.TAKING_RECORDS)) {
            call.sendBuffered(message);
        }
    }

    private static ErrorRecord refusal(ConnectorRecord record, IllegalArgumentException reason) {
        String path = record.pathname();
        String message = "cannot be sent to the host: " + Sentence.of(reason);
        // The path itself may be what is too large.
        return path.length() <= MAX_REFUSED_PATH
                ? new ErrorRecord(path, message)
                : new ErrorRecord("/",
                        "a path that begins with " + path.substring(0, MAX_SHOWN_PATH) + " … " + message);
    }

    private ByteBuffer encode(ConnectorRecord record) {
        String fault = record instanceof FileRecord file ? file.nameFault() : null;
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        ByteBuffer message = ImportResponse.encodeRecord(record instanceof ErrorRecord error
                ? new ErrorRecord(error.pathname(), observers.host().hide(error.message()))
                : record);
        if (message.remaining() > GrpcLimits.defaults().maxOutboundMessageBytes()) {
            throw new IllegalArgumentException("its metadata is larger than the host accepts");
        }
        return message;
    }

    private void takeAcknowledgements() {
        try {
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                WireResult result = ImportRequest.decode(message).result();
                pending.acknowledge(result);
                LeftoverInterrupt.clear(call); // of a listener
                observers.result(result.header().record(), result.error());
                room.release();
            }
        } catch (CallCancelledException | InterruptedException e) {
            // The call is over; its own thread knows.
        } catch (Throwable e) {
            ackFailure = new IOException("cannot read an acknowledgement of the host: " + Sentence.of(e), e);
            interrupt();
        } finally {
            hostDone = true;
            // Emitters that wait for room look at hostDone.
            room.abandon();
        }
    }
}
