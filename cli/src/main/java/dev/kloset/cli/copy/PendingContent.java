package dev.kloset.cli.copy;

import dev.kloset.Content;
import dev.kloset.support.Sentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The content of one record on its way: a worker reads it ahead, if that was announced; otherwise it is opened when its turn
 * comes. The worker writes the result before it opens the latch; the exporter's thread reads it afterwards.
 */
final class PendingContent {

    /** The most that a worker reads ahead of one file. */
    static final int READ_AHEAD_BYTES = 256 * 1024;

    private final Content source;
    private final CountDownLatch fetched;

    private byte[] head = {};
    private @Nullable InputStream rest;
    private @Nullable Throwable failure;

    private PendingContent(Content source, CountDownLatch fetched) {
        this.source = source;
        this.fetched = fetched;
    }

    /** {@return content that is opened when its turn comes} */
    static PendingContent opened(Content source) {
        return new PendingContent(source, new CountDownLatch(0));
    }

    /** {@return content for which {@link #fetch} will be called, on any thread} */
    static PendingContent fetched(Content source) {
        return new PendingContent(source, new CountDownLatch(1));
    }

    /** {@return whether everything was read, so that the source is no longer needed} Never throws; {@link #open} reports a failure. */
    boolean fetch() {
        try {
            InputStream stream = source.open();
            rest = stream;
            head = stream.readNBytes(READ_AHEAD_BYTES);
            if (head.length == READ_AHEAD_BYTES) {
                return false; // longer than its record says; the rest follows when its turn comes
            }
            stream.close();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            failure = e; // even if memory runs out, only this one record fails
            return true;
        } finally {
            fetched.countDown();
        }
    }

    /** Give up the content: the worker was never started. */
    void abandon(Throwable why) {
        failure = why;
        fetched.countDown();
    }

    /** {@return the bytes, after waiting for the worker} Call it once. */
    InputStream open() throws IOException, InterruptedException {
        fetched.await();
        Throwable failed = failure;
        if (failed != null) {
            closeRest();
            throw failed instanceof IOException e ? e : new IOException(Sentence.of(failed), failed);
        }
        InputStream tail = rest;
        if (tail == null) {
            return source.open();
        }
        InputStream start = new ByteArrayInputStream(head);
        return head.length < READ_AHEAD_BYTES ? start : new SequenceInputStream(start, tail);
    }

    private void closeRest() {
        InputStream stream = rest;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // The failure that is about to be reported came first.
            }
        }
    }
}
