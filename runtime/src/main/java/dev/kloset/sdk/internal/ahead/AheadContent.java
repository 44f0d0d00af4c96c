package dev.kloset.sdk.internal.ahead;

import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.wire.grpc.ServerCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A content that may be read ahead, from the moment when its record is sent to that when the host is done with it. */
public final class AheadContent {

    /** Sends an answer with all of a content, without waiting. */
    public interface Answer {
        /** {@return whether it was sent} */
        boolean send(ByteBuffer bytes) throws IOException;
    }

    private enum State {
        SENT,
        READING,
        /** Its bytes are at hand. */
        READ,
        /** It will not be read ahead any more. */
        OVER
    }

    private final ReadAhead all;
    private final String pathname;
    private final Content content;
    private final long size;
    private final long number;

    // guarded by the lock of all
    private State state = State.SENT;
    private boolean opened;
    private @Nullable AheadThread reader; // while READING
    private boolean unwanted; // while READING
    private @Nullable ByteBuffer bytes; // while READ

    AheadContent(ReadAhead all, FileRecord file, Content content, long number) {
        this.all = all;
        this.pathname = file.pathname();
        this.content = content;
        this.size = file.info().size();
        this.number = number;
    }

    /** {@return its place in the order of sending} */
    long number() {
        return number;
    }

    String pathname() {
        return pathname;
    }

    Content content() {
        return content;
    }

    boolean isSmall() {
        return size >= 0 && size <= ReadAhead.MAX_BYTES;
    }

    /** {@return how many bytes its record announced; only if it is small} */
    int size() {
        return (int) size;
    }

    // ---- for the host's calls

    /**
     * Answer an Open if the content is at hand, and as long as announced. Does not wait.
     *
     * @return whether the Open was answered
     */
    public boolean answer(Answer answer) throws IOException {
        ByteBuffer whole = atHand();
        if (whole == null || whole.remaining() != size || !answer.send(whole)) {
            return false;
        }
        all.lock.lock();
        try {
            open();
            over();
        } finally {
            all.lock.unlock();
        }
        return true;
    }

    private @Nullable ByteBuffer atHand() {
        all.lock.lock();
        try {
            return bytes;
        } finally {
            all.lock.unlock();
        }
    }

    /**
     * {@return the content, for {@code call}, which asks for it} Waits while it is being read ahead. If it is not at hand, it is
     * opened now.
     */
    public InputStream take(ServerCall call) throws IOException, InterruptedException {
        ByteBuffer whole;
        all.lock.lockInterruptibly();
        try {
            open();
            awaitRead(call);
            whole = bytes;
            over();
        } finally {
            all.lock.unlock();
        }
        return whole == null
                ? content.open()
                : new ByteArrayInputStream(whole.array(), whole.arrayOffset() + whole.position(), whole.remaining());
    }

    private void open() {
        if (!opened) {
            opened = true;
            all.opened(this);
        }
    }

    /** For its content at most one reader at a time is open. A read that hangs ends as it would in the call itself. */
    private void awaitRead(ServerCall call) throws InterruptedException {
        AheadThread other = reader;
        if (other == null) {
            return;
        }
        call.helper(other.thread());
        call.onCancel(() -> other.close(this));
        call.onCancel(() -> other.interrupt(this));
        try {
            while (state == State.READING) {
                all.settled.await();
            }
        } finally {
            call.helper(null);
        }
    }

    /** The host is done with the record, or never got it. */
    public void done() {
        all.lock.lock();
        try {
            if (!opened) {
                opened = true;
                all.skipped(this);
            }
            unwanted();
        } finally {
            all.lock.unlock();
        }
    }

    // ---- under the lock

    void readBy(AheadThread thread) {
        state = State.READING;
        reader = thread;
        thread.begins(this);
    }

    void unwanted() {
        unwanted = true;
        if (state != State.READING) {
            over();
        }
    }

    /** It has been read, or could not be. */
    void settle(@Nullable ByteBuffer read) {
        reader = null;
        state = State.READ;
        bytes = read;
        if (read == null || unwanted) {
            over();
        }
        all.settled.signalAll();
    }

    /** Not while it is being read. */
    private void over() {
        state = State.OVER;
        bytes = null;
        all.release(this);
    }
}
