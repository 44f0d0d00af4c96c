package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.Clause;
import dev.kloset.wire.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An export: the calling thread sends, and a thread of its own receives the results, as in a host. */
public final class ExportRun implements AutoCloseable {

    /** One result; an empty error is a success. */
    public record Result(String pathname, String error) {}

    private static final int USUAL_CHUNK = 64 * 1024;

    private final Call call;
    private final List<Result> results = new ArrayList<>(); // guarded by itself
    private final Thread receiver;
    private volatile @Nullable Exception failure;
    private volatile boolean refused;

    public ExportRun(PluginConnection connection) throws Exception {
        this.call = connection.call("Export");
        this.receiver = Thread.ofVirtual().name("results").start(this::receive);
    }

    private void receive() {
        try {
            for (byte[] message = call.receive(); message != null; message = call.receive()) {
                result(call.parse(message));
            }
        } catch (Exception e) {
            failure = e;
        }
    }

    private void result(RawMessage response) throws Exception {
        RawMessage result = call.parse(response.bytes(1));
        if (!response.has(1) || !result.has(1)) {
            throw new BlockedException(Clause.E17, "a result with a header",
                    response.has(1) ? "a result without a header" : "a message without a result");
        }
        RawMessage header = call.parse(result.bytes(1));
        synchronized (results) {
            results.add(new Result(header.text(2), result.text(2)));
            results.notifyAll();
        }
    }

    public ExportRun send(RawMessageBuilder record) throws Exception {
        call.send(record.encode());
        return this;
    }

    /** Send one whole file. */
    public ExportRun file(String pathname, byte[] content) throws Exception {
        return file(pathname, content, USUAL_CHUNK);
    }

    public ExportRun file(String pathname, byte[] content, int chunkBytes) throws Exception {
        send(ExportMessages.file(pathname, content.length));
        for (int at = 0; at < content.length; at += chunkBytes) {
            chunk(Arrays.copyOfRange(content, at, Math.min(content.length, at + chunkBytes)));
        }
        call.send(ExportMessages.endMarker());
        return this;
    }

    public ExportRun chunk(byte[] bytes) throws Exception {
        refused |= !call.send(ExportMessages.chunk(bytes));
        return this;
    }

    /** Begin with the root, as every host does. */
    public ExportRun root() throws Exception {
        return send(ExportMessages.directory("/", "source"));
    }

    /** Wait until the plugin has taken in all chunks: only then can a check see what it does with them. */
    public void assertTaken(String what) throws Exception {
        if (refused) {
            assertLives();
            throw new NotApplicableException("no evidence: the export ended before it had taken in " + what);
        }
        call.isAnswered();
    }

    /** A plugin that has refused the export may live on; one that has died or hangs has failed. */
    private void assertLives() throws Exception {
        try {
            awaitEnd();
        } catch (StatusException e) {
            // This is an answer.
        }
    }

    /** Fail unless some record has got a result: a plugin that restores nothing does nothing wrong either. */
    public void assertResults() throws NotApplicableException {
        if (results().isEmpty()) {
            throw new NotApplicableException("no evidence: the export gave no result");
        }
    }

    /**
     * Half-close and wait for the end.
     *
     * @return the results
     */
    public List<Result> end() throws Exception {
        call.halfClose();
        return awaitEnd();
    }

    /**
     * As {@link #end}, for an export that may also fail as a whole.
     *
     * @return how it failed, in words
     */
    public Optional<String> endAnyhow() throws Exception {
        try {
            end();
            return Optional.empty();
        } catch (StatusException e) {
            return Optional.of(e.status().message());
        }
    }

    private List<Result> awaitEnd() throws Exception {
        receiver.join();
        Exception thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return results();
    }

    public List<Result> results() {
        synchronized (results) {
            return List.copyOf(results);
        }
    }

    /** {@return whether the stream ends within a moment} */
    public boolean endsBy(Duration patience) throws Exception {
        if (!receiver.join(patience)) {
            return false;
        }
        awaitEnd();
        return true;
    }

    /** Wait for the result of a record, but no longer than {@code patience}: the plugin may hold results back. */
    public void awaitResult(String pathname, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (results) {
            for (long left = patience.toMillis(); left > 0
                    && result(pathname).isEmpty(); left = millisUntil(deadline)) {
                results.wait(left);
            }
        }
    }

    private static long millisUntil(long deadline) {
        return Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    }

    public Optional<Result> result(String pathname) {
        return results().stream().filter(result -> result.pathname().equals(pathname)).findFirst();
    }

    public void cancel() {
        call.cancel();
    }

    @Override
    public void close() {
        call.close();
    }
}
