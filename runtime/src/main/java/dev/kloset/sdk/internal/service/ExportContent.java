package dev.kloset.sdk.internal.service;

import dev.kloset.sdk.internal.observe.Observer.Direction;
import dev.kloset.sdk.internal.observe.Observer.Span;
import dev.kloset.sdk.internal.observe.Observer.Wait;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.grpc.ReceivedStream;
import dev.kloset.wire.grpc.ServerCall;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one restored file, read off the wire as the exporter asks for them, until its record has a result or the exporter
 * asks for the next record. A record does not count as restored if its reader missed bytes, unless the reader closed the stream
 * itself.
 */
final class ExportContent extends ReceivedStream {

    private final ServerCall call;
    private final Observers observers;
    private final String pathname;
    private final String closedByReader;
    private final String passed; // on the wire
    private final Consumer<ExportContent> tooLate;
    private final AtomicReference<@Nullable Span> span;
    private final AtomicBoolean opened = new AtomicBoolean();
    private volatile boolean refused; // a reader came after we had closed it
    private volatile boolean restored; // in the report to the host

    /**
     * The content of the current record.
     *
     * @param tooLate called when a reader comes after the record was reported as restored
     */
    ExportContent(ServerCall call, Observers observers, String pathname, Consumer<ExportContent> tooLate) {
        this.call = call;
        this.observers = observers;
        this.pathname = pathname;
        this.closedByReader = name() + " is closed";
        this.passed = gone("the next record has been requested");
        this.tooLate = tooLate;
        this.span = new AtomicReference<>(observers.content(() -> pathname, Direction.FROM_HOST));
    }

    /** {@return this stream, once} */
    InputStream open() throws IOException {
        if (closed() == null && opened.getAndSet(true)) {
            throw new IOException("the content of " + pathname + " can be opened once only: the host sends it once");
        }
        String why = closed();
        if (why != null) {
            refused();
            throw new IOException(why);
        }
        return this;
    }

    /** Close the reader's end. The rest stays on the wire until {@link #release} takes it off. */
    @Override
    public void close() {
        close(closedByReader);
    }

    /** Its record has a result: refuse every later read. */
    void answered() {
        close(gone("its result was given"));
    }

    /**
     * Its record is about to be reported as restored: refuse every later read, and take the rest off the wire.
     *
     * @return why that report would be false, or null if it is true
     */
    @Nullable
    String restored() throws InterruptedException {
        answered();
        drain();
        // In this order: a reader that comes now sees the report, or is seen here.
        restored = true;
        String lost = lost();
        restored = lost == null;
        return lost;
    }

    private @Nullable String lost() {
        IOException failure = failure();
        if (failure != null) {
            return Sentence.of(failure);
        }
        if (wasReadToItsEnd()) {
            return null;
        }
        String why = closed();
        if (closedByReader.equals(why)) {
            return wasCutOff() ? "its content was still being read when it was closed" : null;
        }
        boolean wanted = wasCutOff() || refused || opened.get() && unread() > 0;
        return wanted
                ? "its content was still being read when "
                        + (passed.equals(why) ? "the next record was requested" : "its result was given")
                : null;
    }

    /** The exporter asks for the next record: refuse every later read, and take the rest off the wire. */
    void release() throws InterruptedException {
        close(passed);
        drain();
        over();
    }

    /** Nothing more will be read; tells the observers once. */
    void over() {
        close(gone("the export has ended"));
        Span mine = span.getAndSet(null);
        if (mine != null) {
            mine.end(received(), failure());
        }
    }

    /** {@return why the content did not arrive completely, or null} */
    @Nullable
    IOException cause() {
        return failure();
    }

    @Override
    protected void refused() {
        refused = true;
        if (restored && !wasReadToItsEnd() && !closedByReader.equals(closed())) {
            tooLate.accept(this);
        }
    }

    /** {@return whether the record is reported to the host as restored} */
    boolean isRestored() {
        return restored;
    }

    String pathname() {
        return pathname;
    }

    @Override
    protected @Nullable ByteBuffer receive() throws IOException, InterruptedException {
        ByteBuffer message = receive(call, observers);
        if (message == null) {
            throw new EOFException("the host ended in the middle of " + pathname + ": its content is not complete");
        }
        ByteBuffer next = ExportRequest.decode(message).chunk();
        if (next == null) {
            throw new IOException("the host sent another record in the middle of " + pathname);
        }
        return next.hasRemaining() ? next : null;
    }

    /** {@return the next message of {@code call}, null if there is none} */
    static @Nullable ByteBuffer receive(ServerCall call, Observers observers) throws IOException, InterruptedException {
        try (Span _ = observers.waiting(Wait.NEXT)) {
            return call.receive();
        }
    }

    @Override
    protected IOException interrupted() {
        return new InterruptedIOException("interrupted while reading " + pathname);
    }

    @Override
    protected String name() {
        return "the content of " + pathname;
    }

    private String gone(String why) {
        return "the content of " + pathname + " is gone: " + why;
    }
}
