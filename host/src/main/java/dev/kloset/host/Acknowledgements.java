package dev.kloset.host;

import dev.kloset.ConnectorResult;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.ClientCall;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Sends one acknowledgement for each record of an import, from any thread, and knows when all are sent. */
final class Acknowledgements {

    /** How often to check that the plugin is still there while the receiver takes its time. */
    private static final Duration LOOK_AT_CALL = Duration.ofSeconds(1);

    private final ClientCall call;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private long expected; // guarded by lock

    Acknowledgements(ClientCall call) {
        this.call = call;
    }

    /** Count an incoming record. */
    void expect() {
        lock.lock();
        try {
            expected++;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether all incoming records are acknowledged} */
    boolean areSent() {
        lock.lock();
        try {
            return expected == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Acknowledge a record. If the plugin has ended the call, nothing is sent; the status of the call says why. */
    void send(WireRecord record, ConnectorResult result) {
        try {
            call.sendBuffered(new ImportRequest(new WireResult(record, result.error().orElse(null))).encode());
        } catch (IOException e) {
            // The reader of the stream gets the reason.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sent();
        }
    }

    private void sent() {
        lock.lock();
        try {
            expected--;
            none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wait until the receiver has reported the result of every record, or the plugin has ended the call. */
    void awaitAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (expected > 0 && !call.hasEnded()) {
                none.awaitNanos(LOOK_AT_CALL.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }
}
