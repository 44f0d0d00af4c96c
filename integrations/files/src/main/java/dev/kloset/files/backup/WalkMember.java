package dev.kloset.files.backup;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread of a walk as the others see it: where it is, and whether it waits for the source or for the host. If a source
 * never answers, the walk goes on, and ends, without this member, which must not emit anything afterwards.
 */
final class WalkMember implements RecordSink {

    private static final int READING = 0;
    private static final int EMITTING = 1;
    private static final int OVER = 2;

    private final RecordSink sink;
    private final AtomicInteger state = new AtomicInteger(READING);
    private volatile @Nullable String at;
    private volatile long steps;

    /**
     * @param sink receives what this member emits
     */
    WalkMember(RecordSink sink) {
        this.sink = sink;
    }

    /**
     * Announce that the next question to the source is about {@code pathname}; null if there is no next question.
     *
     * @throws InterruptedException if the walk has given up this member
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only this member's thread writes
    void turnTo(@Nullable String pathname) throws InterruptedException {
        if (state.get() == OVER) {
            throw new InterruptedException("the walk goes on without this member");
        }
        at = pathname;
        steps++;
    }

    /** {@return the path that the pending question to the source is about; null if this member has no work} */
    @Nullable
    String at() {
        return at;
    }

    /** {@return a number that changes with each answer of the source and each record that the host has taken} */
    long steps() {
        return steps;
    }

    /** {@return whether the walk may go on without this member, which waits for the source} If so, the member emits nothing more. */
    boolean giveUp() {
        return state.compareAndSet(READING, OVER);
    }

    /** {@return whether this member, which has finished its work, had not been given up before} */
    boolean finish() {
        return state.compareAndSet(READING, OVER);
    }

    /** {@return whether this member waits for the host rather than for the source} */
    boolean isEmitting() {
        return state.get() == EMITTING;
    }

    @Override
    public void emit(ConnectorRecord record) throws IOException, InterruptedException {
        begin();
        try {
            sink.emit(record);
        } finally {
            end();
        }
    }

    @Override
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        begin();
        try {
            sink.emit(record, onResult);
        } finally {
            end();
        }
    }

    private void begin() throws InterruptedException {
        if (!state.compareAndSet(READING, EMITTING)) {
            throw new InterruptedException("the walk has ended");
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only this member's thread writes
    private void end() {
        steps++;
        state.set(READING);
    }
}
