package dev.kloset.sdk.internal.ahead;

import dev.kloset.sdk.internal.log.HostContext;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads contents, one after the other, so that it has one of them open at a time. A thread of the system: it runs an author's code. */
final class AheadThread {

    private final ReadAhead all;
    private final HostContext host;
    private final ReadAhead.Guard guard;
    private final Thread thread = Thread.ofPlatform()
            .daemon()
            .name("ahead")
            .inheritInheritableThreadLocals(false)
            .unstarted(this::run);
    private final AtomicReference<@Nullable Opened> open = new AtomicReference<>(); // not closed so far
    private final Object interrupting = new Object(); // held while the thread is interrupted, and while a content ends
    private volatile @Nullable AheadContent current;
    private volatile @Nullable AheadContent unwanted; // its stream is closed as soon as there is one

    /** A stream, and whose it is: what is done to one content must not happen to the next one. */
    private record Opened(AheadContent content, InputStream stream) {}

    AheadThread(ReadAhead all, HostContext host, ReadAhead.Guard guard) {
        this.all = all;
        this.host = host;
        this.guard = guard;
    }

    void start() {
        thread.start();
    }

    Thread thread() {
        return thread;
    }

    /** It is about to read this content; before any call can wait for that. */
    void begins(AheadContent content) {
        current = content;
    }

    private void run() {
        host.enter();
        try {
            for (AheadContent content = next(); content != null; content = next()) {
                settle(content);
            }
        } finally {
            host.leave();
        }
    }

    private @Nullable AheadContent next() {
        while (true) {
            try {
                return all.await(this);
            } catch (InterruptedException _) {
                // It was meant for a content that has been read. The end comes in another way.
            }
        }
    }

    /** An exception is not reported: an Open tries again, and knows what to do with it. */
    private void settle(AheadContent content) {
        ByteBuffer[] bytes = new ByteBuffer[1];
        HostContext.path(content.pathname());
        try {
            guard.whileOpen(() -> bytes[0] = read(content));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            System.getLogger("dev.kloset.sdk").log(Level.DEBUG, "cannot read ahead: " + content.pathname(), e);
        } finally {
            end();
            settled(content, bytes[0]);
        }
    }

    /** From here on no interrupt is for this content, and none for it reaches the next one. */
    private void end() {
        HostContext.path(null);
        synchronized (interrupting) {
            current = null;
            Thread.interrupted();
        }
    }

    private void settled(AheadContent content, @Nullable ByteBuffer bytes) {
        all.lock.lock();
        try {
            content.settle(bytes);
        } finally {
            all.lock.unlock();
        }
    }

    /**
     * {@return all of the content; null if it has another length than its record says} It may have changed, or its stream may have
     * been closed; an Open finds out.
     */
    private @Nullable ByteBuffer read(AheadContent content) throws IOException {
        Opened opened = new Opened(content, content.content().open());
        open.set(opened);
        try (Closeable _ = () -> close(opened)) {
            byte[] bytes = new byte[content.size() + 1];
            int length = unwanted == content ? -1 : opened.stream().readNBytes(bytes, 0, bytes.length);
            return length != content.size() || unwanted == content ? null : ByteBuffer.wrap(bytes, 0, length);
        }
    }

    private void close(Opened opened) throws IOException {
        if (open.compareAndSet(opened, null)) {
            opened.stream().close();
        }
    }

    // ---- for other threads, which may be stuck afterwards: both run an author's code

    /** Close the stream of {@code content} if it is being read: an interrupt does not always reach a read that hangs. */
    void close(AheadContent content) {
        if (current != content) {
            return;
        }
        unwanted = content;
        host.enter();
        HostContext.path(content.pathname());
        try {
            Opened opened = open.get();
            if (opened != null && opened.content() == content) {
                close(opened);
            }
        } catch (IOException | RuntimeException e) {
            System.getLogger("dev.kloset.sdk").log(Level.DEBUG, "close after cancel", e);
        } finally {
            host.leave();
        }
    }

    /** Interrupt the thread if it is reading {@code content}. */
    void interrupt(AheadContent content) {
        synchronized (interrupting) {
            if (current == content) {
                thread.interrupt();
            }
        }
    }

    /** Nothing more is wanted of this thread: it ends as soon as the connector's code returns. */
    void stop() {
        AheadContent content = current;
        if (content != null) {
            aside("ahead-close", () -> close(content));
            aside("ahead-interrupt", () -> interrupt(content));
        }
    }

    private static void aside(String name, Runnable action) {
        try {
            Thread.ofPlatform().daemon().name(name).start(action);
        } catch (OutOfMemoryError e) {
            // The system has no thread for it. The caller has to go on; the connector's code returns when it does.
            System.getLogger("dev.kloset.sdk").log(Level.WARNING, "cannot stop reading ahead", e);
        }
    }
}
