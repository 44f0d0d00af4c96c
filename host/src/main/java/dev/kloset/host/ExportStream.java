package dev.kloset.host;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ClientCall;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Export call: the calling thread sends records and contents, a second thread takes the results. A record whose content
 * cannot be opened never reaches the plugin; its failure goes straight to the results.
 */
final class ExportStream {

    private static final int CHUNK_BYTES = 256 * 1024;

    private final Connection connection;
    private final String path;
    private final SentDirectories directories;
    private final ResultSink results;
    private final PendingResults unanswered = new PendingResults();
    private volatile boolean ending; // the sender must no longer be interrupted
    private volatile @Nullable IOException answersFailure;

    ExportStream(Connection connection, String path, SentDirectories directories, ResultSink results) {
        this.connection = connection;
        this.path = path;
        this.directories = directories;
        this.results = results;
    }

    /**
     * Send {@code first} and then all of {@code records}.
     *
     * @return the record with which a new stream must go on, or null if all records are sent and answered
     */
    @Nullable
    ConnectorRecord run(@Nullable ConnectorRecord first, RecordSource records)
            throws IOException, InterruptedException {
        try (ClientCall call = connection.call(path)) {
            Thread sender = Thread.currentThread();
            Thread answers = Thread.ofPlatform().daemon().name("results").start(() -> takeAnswers(call, sender));
            try {
                ConnectorRecord next = sendAll(call, first, records);
                call.halfClose();
                join(answers);
                rethrowFailure();
                unanswered.failAll(results, "the plugin " + connection.command().name() + " gave no result for it");
                return next;
            } catch (CallCancelledException e) {
                // The plugin ended the call during our sending; its status has the reason.
                join(answers);
                rethrowFailure();
                throw connection.failure(e);
            } catch (InterruptedException | IOException e) {
                rethrowFailure(); // the interrupt that stopped a source of records may be our own
                throw e;
            } finally {
                ending = true;
                call.cancel();
                answers.interrupt();
                join(answers);
                clearOurInterrupt();
            }
        }
    }

    /** Wait for the thread that takes the results. When that thread fails it interrupts us, which must not end this wait. */
    private void join(Thread answers) throws InterruptedException {
        try {
            answers.join();
        } catch (InterruptedException e) {
            if (answersFailure == null) {
                throw e;
            }
            answers.join();
        }
    }

    private void rethrowFailure() throws IOException {
        IOException failure = answersFailure;
        if (failure != null) {
            clearOurInterrupt();
            throw failure;
        }
    }

    /** Clear the interrupt with which the results thread frees the sender from a wait: no other code may see it. */
    private void clearOurInterrupt() {
        if (answersFailure != null) {
            Thread.interrupted();
        }
    }

    private @Nullable ConnectorRecord sendAll(ClientCall call, @Nullable ConnectorRecord first, RecordSource records)
            throws IOException, InterruptedException {
        for (ConnectorRecord record = first; record != null; record = records.next()) {
            if (!sendOne(call, record)) {
                return records.next();
            }
        }
        return null;
    }

    /** {@return whether the stream is still usable} */
    private boolean sendOne(ClientCall call, ConnectorRecord record) throws IOException, InterruptedException {
        Optional<Content> content = content(record);
        if (content.isEmpty()) {
            sendHeader(call, record, false);
            return true;
        }
        InputStream bytes;
        try {
            bytes = content.get().open();
        } catch (IOException e) {
            results.error(record, e);
            return true;
        }
        try {
            return sendOpened(call, record, bytes);
        } finally {
            close(record, bytes);
        }
    }

    private boolean sendOpened(ClientCall call, ConnectorRecord record, InputStream bytes)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[bufferSize(record)];
        int length;
        try {
            // A remote content reports only now that it cannot be opened; once the record is sent, that would be too late.
            length = bytes.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            results.error(record, e);
            return true;
        }
        sendHeader(call, record, true);
        return sendContent(call, record, bytes, buffer, length);
    }

    /** By now everything was read or has failed, so a failure to close changes nothing. */
    private static void close(ConnectorRecord record, InputStream bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            System.getLogger("dev.kloset.host").log(Level.DEBUG, () -> "cannot close " + record.pathname(), e);
        }
    }

    private boolean sendContent(ClientCall call, ConnectorRecord record, InputStream bytes, byte[] start, int first)
            throws IOException, InterruptedException {
        byte[] buffer = start;
        int length = first;
        while (length > 0) {
            call.send(Chunk.exportHead(length), ByteBuffer.wrap(buffer, 0, length));
            if (length < buffer.length) {
                break;
            }
            if (buffer.length < CHUNK_BYTES) {
                buffer = new byte[CHUNK_BYTES]; // the content is longer than its record says
            }
            try {
                length = bytes.readNBytes(buffer, 0, buffer.length);
            } catch (IOException e) {
                unanswered.remove(record);
                results.error(record, "cannot be read to its end: " + Sentence.of(e));
                return false;
            }
        }
        call.send(ExportRequest.endMarker());
        return true;
    }

    private void sendHeader(ClientCall call, ConnectorRecord record, boolean hasReader)
            throws IOException, InterruptedException {
        for (FileRecord directory : directories.missingAbove(record.pathname())) {
            directories.sent(directory);
            call.send(new ExportRequest(new WireRecord(directory, false), null).encode());
        }
        unanswered.add(record);
        directories.sent(record);
        call.send(new ExportRequest(new WireRecord(record, hasReader), null).encode());
    }

    private static Optional<Content> content(ConnectorRecord record) {
        return switch (record) {
            case FileRecord file -> file.info().mode().isRegular() ? file.content() : Optional.empty();
            case XattrRecord x -> Optional.of(x.content());
            case ErrorRecord _ -> Optional.empty();
        };
    }

    private static int bufferSize(ConnectorRecord record) {
        long size = record instanceof FileRecord file ? file.info().size() : CHUNK_BYTES;
        return size < 0 || size >= CHUNK_BYTES ? CHUNK_BYTES : (int) size + 1;
    }

    private void takeAnswers(ClientCall call, Thread sender) {
        try {
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                answer(connection.decode(ExportResponse::decode, message).result());
            }
        } catch (InterruptedException e) {
            // Only the end of the call interrupts this thread.
        } catch (IOException e) {
            fail(explained(e), sender);
        } catch (RuntimeException | Error e) {
            // Whatever failed, the sender may be waiting for room, which only taking results makes.
            fail(new IOException("cannot take a result of the plugin: " + Sentence.of(e), e), sender);
        }
    }

    private void fail(IOException why, Thread sender) {
        if (!ending) {
            answersFailure = why;
            sender.interrupt();
        }
    }

    private void answer(WireResult result) throws IOException, InterruptedException {
        String error = result.error();
        ConnectorRecord record = unanswered.remove(result.header().record());
        if (record == null && error != null) {
            record = directories.find(result.header().record().pathname()); // a directory named again, which has now failed
        }
        if (record == null) {
            return; // This is a second result, or one for a record that is already known to have failed.
        }
        if (error == null) {
            results.ok(record);
        } else {
            results.error(record, error);
        }
    }

    private IOException explained(IOException cause) {
        try {
            return connection.failure(cause);
        } catch (InterruptedException e) {
            return cause;
        }
    }
}
