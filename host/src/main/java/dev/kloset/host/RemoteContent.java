package dev.kloset.host;

import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.ReceivedStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes that a plugin streams: the content of a file, or an object of a store. Closing the stream early cancels the call. */
final class RemoteContent extends ReceivedStream {

    private final Connection connection;
    private final ClientCall call;
    private final Connection.Decoder<ByteBuffer> decoder;
    private final LateAnswers.Wait wait;

    /** Ask for bytes. If the plugin cannot provide them, the first read reports that. */
    static RemoteContent open(Connection connection, String path, ByteBuffer request,
            Connection.Decoder<ByteBuffer> decoder) throws IOException, InterruptedException {
        ClientCall call = connection.call(path);
        boolean asked = false;
        try {
            call.sendLast(request);
            asked = true;
            return new RemoteContent(connection, call, decoder);
        } finally {
            if (!asked) {
                call.close();
            }
        }
    }

    private RemoteContent(Connection connection, ClientCall call, Connection.Decoder<ByteBuffer> decoder) {
        this.connection = connection;
        this.call = call;
        this.decoder = decoder;
        this.wait = connection.late().forThis("sent any bytes of a content", () -> true);
    }

    @Override
    protected @Nullable ByteBuffer receive() throws IOException, InterruptedException {
        try {
            ByteBuffer message = next();
            if (message == null) {
                wait.close();
                return null;
            }
            return connection.decode(decoder, message);
        } catch (IOException e) {
            wait.close();
            throw explained(e);
        }
    }

    private @Nullable ByteBuffer next() throws IOException, InterruptedException {
        wait.begin();
        try {
            return call.receive();
        } finally {
            wait.end();
        }
    }

    private IOException explained(IOException cause) {
        try {
            return connection.failure(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cause;
        }
    }

    @Override
    protected IOException interrupted() {
        return new InterruptedIOException("interrupted while reading from the plugin");
    }

    @Override
    protected String name() {
        return "the stream";
    }

    @Override
    public void close() {
        wait.close();
        super.close();
        call.close(); // wakes a waiting reader
    }
}
