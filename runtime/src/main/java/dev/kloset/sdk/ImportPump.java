package dev.kloset.sdk;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.ErrorRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import dev.kloset.sdk.Observer.Span;
import dev.kloset.sdk.Observer.Wait;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One Import call: records go out as the importer emits them while acknowledgements come in.
 *
 * <p>The importer runs on the thread of the call, so cancelling the call interrupts it. A second thread takes the
 * acknowledgements: the host stalls if nobody does.
 */
final class ImportPump implements RecordSink {

    /**
     * Records that the host has not acknowledged: many times what Plakar works at, which is one for each of its workers, and so
     * few that all of them fit where what is young survives in the launcher's heap. More could become old, and stay for long.
     */
    private static final int MAX_IN_FLIGHT = 1024;

    /** The longest path, in characters, that an error is reported under. No file system of Linux has longer ones. */
    private static final int MAX_REFUSED_PATH = 4096;

    /** After a failure, how long to wait for the host to be done with what it has. */
    private static final Duration ACK_PATIENCE = Duration.ofSeconds(5);

    private final ServerCall call;
    private final PendingRecords pending;
    private final Duration patience;
    private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition acknowledged = lock.newCondition();
    private volatile @Nullable Thread importing; // while it runs
    private volatile boolean open = true;
    private volatile boolean hostDone; // it half-closed, or the call broke
    private volatile @Nullable IOException ackFailure;

    ImportPump(ServerCall call, PendingRecords pending) {
        this(call, pending, ACK_PATIENCE);
    }

    /**
     * A pump with a patience of its own.
     *
     * @param patience how long to wait for acknowledgements after a failure
     */
    ImportPump(ServerCall call, PendingRecords pending, Duration patience) {
        this.call = call;
        this.pending = pending;
        this.patience = patience;
    }

    /** Run the whole import. Returns when the host has acknowledged everything. */
    void run(Importer importer) throws Exception {
        importing = Thread.currentThread();
        call.purpose(this::inWords);
        Thread acks = Thread.ofVirtual().name("acks").start(this::takeAcknowledgements);
        try {
            importRecords(importer);
            call.send(ImportResponse.finishedMessage());
            // The host closes its side only when all acknowledgements are sent; ending earlier would fail the backup.
            awaitLast(acks);
        } catch (InterruptedException e) {
            rethrow(ackFailure);
            throw e;
        } finally {
            open = false;
            importing = null;
            acks.interrupt();
        }
        rethrow(ackFailure);
    }

    private String inWords() {
        int inFlight = MAX_IN_FLIGHT - Math.min(MAX_IN_FLIGHT, room.availablePermits());
        return inFlight + " records are not acknowledged by the host";
    }

    /** {@return whether the host has acknowledged everything, or is gone} */
    boolean hostIsDone() {
        return hostDone;
    }

    /** Interrupt the importer: the host does not want its records any more. */
    void cancel() {
        Thread thread = importing;
        if (thread != null) {
            thread.interrupt();
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
            if (!call.isCancelled()) {
                awaitAcknowledgements();
            }
            throw failure;
        } finally {
            open = false;
        }
        // A connector that swallowed an interrupt must not turn a cancelled listing into a complete one.
        if (call.isCancelled()) {
            throw new InterruptedException("the import was cancelled");
        }
    }

    /**
     * A status that overtakes acknowledgements is lost: the host then reports a bare "EOF" instead of our sentence. So
     * wait until it is done with all it has.
     */
    private void awaitAcknowledgements() throws InterruptedException {
        open = false;
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!hostDone && room.availablePermits() < MAX_IN_FLIGHT && left > 0) {
                left = acknowledged.awaitNanos(left);
            }
        } finally {
            lock.unlock();
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
        if (!open) {
            throw new IllegalStateException("importRecords has returned: " + record.pathname() + " comes too late");
        }
        ByteBuffer message;
        try {
            message = encode(record);
        } catch (IllegalArgumentException e) {
            // A record that cannot travel fails alone: on the wire it would end the whole stream.
            send(refusal(record, e), onResult);
            return;
        }
        awaitRoom();
        boolean sent = false;
        try {
            if (hostDone) {
                throw new IOException("the host stopped listening before the import was finished");
            }
            if (!pending.add(record, onResult)) {
                ErrorRecord twice = new ErrorRecord(record.pathname(),
                        "the importer emitted this path twice; the second record is left out");
                pending.add(twice, onResult);
                message = encode(twice);
            }
            sendSoon(message);
            sent = true;
            Observers.record(record);
        } finally {
            if (!sent) {
                // The host has not got it, so nobody must wait for its acknowledgement.
                pending.remove(record);
                acknowledged();
            }
        }
    }

    private void awaitRoom() throws InterruptedException {
        Span span = Observers.waiting(Wait.ACKNOWLEDGEMENT);
        try {
            room.acquire();
        } finally {
            span.end(0, null);
        }
    }

    private static void awaitLast(Thread acks) throws InterruptedException {
        Span span = Observers.waiting(Wait.ACKNOWLEDGEMENT);
        try {
            acks.join();
        } finally {
            span.end(0, null);
        }
    }

    private void sendSoon(ByteBuffer message) throws IOException, InterruptedException {
        Span span = Observers.waiting(Wait.TAKING_RECORDS);
        try {
            call.sendSoon(message);
        } finally {
            span.end(0, null);
        }
    }

    private static ErrorRecord refusal(ConnectorRecord record, IllegalArgumentException reason) {
        String path = record.pathname();
        String message = "cannot be sent to the host: " + Sentence.of(reason);
        // The path itself may be what is too large.
        return path.length() <= MAX_REFUSED_PATH
                ? new ErrorRecord(path, message)
                : new ErrorRecord("/",
                        "a path that begins with " + path.substring(0, MAX_REFUSED_PATH) + " " + message);
    }

    private static ByteBuffer encode(ConnectorRecord record) {
        ByteBuffer message = ImportResponse.encodeRecord(record instanceof ErrorRecord error
                ? new ErrorRecord(error.pathname(), HiddenSecrets.ofThisProcess().hide(error.message()))
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
                Observers.result(result.header().record(), result.error());
                acknowledged();
            }
        } catch (CallCancelledException | InterruptedException e) {
            // The call is over; its own thread knows.
        } catch (Throwable e) {
            ackFailure = new IOException("cannot read an acknowledgement of the host: " + Sentence.of(e), e);
            cancel();
        } finally {
            hostDone = true;
            // Wakes emitters that wait for room; they look at hostDone.
            room.release(MAX_IN_FLIGHT);
            signal();
        }
    }

    private void acknowledged() {
        room.release();
        if (!open) {
            signal();
        }
    }

    private void signal() {
        lock.lock();
        try {
            acknowledged.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
