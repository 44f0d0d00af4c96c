package dev.kloset.sdk.internal.ahead;

import dev.kloset.ConnectorRecord;
import dev.kloset.FileRecord;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.grpc.HeapShares;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the small contents of one importer before the host asks for them. A host that reads one file at a time waits for every
 * file; while it opens everything that it is sent, the next contents are read meanwhile.
 *
 * <p>Only contents that allow it are read, and only while the host opens contents and skips none: a backup in which little has
 * changed reads nothing in vain. How far ahead grows with the number of contents that the host has opened in a row, so at most
 * as many are read in vain as were opened before. A content that cannot be read, is longer than announced, or is not wanted in
 * the end, is let go: then an Open does what it does without all this, and the host gets its error.
 *
 * <p>For any thread. Nothing here blocks for longer than it takes to change a few fields, but for {@link AheadContent#take}.
 */
public final class ReadAhead {

    /**
     * How many contents are at hand at most. With half as many the thread begins to read again, so that it is woken once for
     * sixteen contents.
     */
    static final int MAX_CONTENTS = 32;

    /** The longest content. With its message it fits into the 65,535 bytes that a call may send before the host has said more. */
    static final int MAX_BYTES = 32 * 1024;

    /** How many contents the host must have opened, and skipped none, before others are read ahead. */
    static final int CONVINCING = 4;

    /** What all importers of this process may hold, in bytes. */
    private static final Semaphore LEFT = new Semaphore((int) Math.min(Integer.MAX_VALUE,
            HeapShares.ofThisProcess().ahead()));

    /** Keeps a connector open. */
    public interface Guard {
        /** Run {@code work}, during which the connector stays open. Does nothing if it is closed. */
        void whileOpen(Work work) throws Exception;
    }

    /** Something that runs an author's code. */
    public interface Work {
        void run() throws Exception;
    }

    private final HostContext host;
    private final Guard guard;
    private final Semaphore left;

    final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    final Condition settled = lock.newCondition(); // a content is read, or will not be

    // guarded by lock
    private final Queue<AheadContent> next = new ArrayDeque<>(); // sent after all that were opened or acknowledged, so in flight
    private final Set<AheadContent> held = new HashSet<>(); // read, or being read
    private long sent;
    private int inRow; // opened since one was acknowledged that was not opened; it counts no further than to the most at hand
    private @Nullable AheadThread thread;
    private volatile boolean active;

    public ReadAhead(HostContext host, Guard guard) {
        this(host, guard, LEFT);
    }

    /** Share {@code left} bytes with others. */
    ReadAhead(HostContext host, Guard guard, Semaphore left) {
        this.host = host;
        this.guard = guard;
        this.left = left;
    }

    /** {@return whether contents may be at hand} */
    public boolean isActive() {
        return active;
    }

    /** {@return the content of a record that is about to be sent; null if it may not be read ahead} */
    public @Nullable AheadContent sent(ConnectorRecord record) {
        if (!(record instanceof FileRecord file) || file.content().isEmpty()
                || !file.content().get().mayBeReadAhead()) {
            return null;
        }
        lock.lock();
        try {
            AheadContent content = new AheadContent(this, file, file.content().get(), sent++);
            next.add(content);
            return content;
        } finally {
            lock.unlock();
        }
    }

    /** Let everything go: the import is over, and the next one begins anew. What is being read is read to its end. */
    public void finish() {
        lock.lock();
        try {
            inRow = 0;
            next.clear();
            List.copyOf(held).forEach(AheadContent::unwanted);
        } finally {
            lock.unlock();
        }
    }

    /** Let everything go, and end the thread, which may be stuck in a source. */
    public void stop() {
        AheadThread ending;
        lock.lock();
        try {
            finish();
            ending = thread;
            thread = null;
            active = false;
            wanted.signalAll();
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            ending.stop();
        }
    }

    // ---- under the lock

    /** The host asks for {@code content}, for the first time. */
    void opened(AheadContent content) {
        inRow = Math.min(inRow + 1, MAX_CONTENTS);
        pass(content);
        if (inRow >= CONVINCING && held.size() <= inRow / 2 && !next.isEmpty()) {
            if (thread == null) {
                start();
            }
            wanted.signal();
        }
    }

    private void start() {
        AheadThread fresh = new AheadThread(this, host, guard);
        try {
            fresh.start();
            thread = fresh;
            active = true;
        } catch (OutOfMemoryError e) {
            inRow = 0; // the system has no thread for it now, and it is not needed; the caller may read for all calls
        }
    }

    /** The host has acknowledged {@code content} without asking for it: it looks unchanged, and so may the next ones. */
    void skipped(AheadContent content) {
        inRow = 0;
        pass(content);
    }

    /** What was sent before this is opened, or is not worth reading ahead. */
    private void pass(AheadContent content) {
        while (!next.isEmpty() && next.element().number() <= content.number()) {
            next.remove();
        }
    }

    void release(AheadContent content) {
        if (held.remove(content)) {
            left.release(content.size());
        }
    }

    // ---- for the thread

    /** {@return the next content to read; null when {@code reader} has been stopped} Waits for it. */
    @Nullable
    AheadContent await(AheadThread reader) throws InterruptedException {
        lock.lock();
        try {
            while (thread == reader) {
                AheadContent content = poll();
                if (content != null) {
                    content.readBy(reader);
                    return content;
                }
                wanted.await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable AheadContent poll() {
        while (inRow >= CONVINCING && held.size() < inRow && !next.isEmpty()) {
            AheadContent content = next.element();
            if (content.isSmall() && !left.tryAcquire(content.size())) {
                return null;
            }
            next.remove();
            if (content.isSmall()) {
                held.add(content);
                return content;
            }
        }
        return null;
    }
}
