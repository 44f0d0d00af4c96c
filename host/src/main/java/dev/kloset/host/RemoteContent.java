package dev.kloset.host;

import dev.kloset.wire.grpc.ClientCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes that a plugin streams: the content of a file, or an object of a store. Closing it early cancels the call. */
final class RemoteContent extends InputStream {

    private final Connection connection;
    private final ClientCall call;
    private final Connection.Decoder<ByteBuffer> decoder;
    private ByteBuffer chunk = ByteBuffer.allocate(0);
    private boolean ended;
    private boolean closed;
    private @Nullable IOException failure;

    /** Ask for bytes. That they cannot be had is told by the first read. */
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
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.remaining());
        chunk.get(buffer, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        while (!ended && !chunk.hasRemaining()) {
            try {
                receive();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
        return chunk.hasRemaining();
    }

    private void receive() throws IOException {
        try {
            ByteBuffer message = call.receive();
            ended = message == null;
            if (message != null) {
                chunk = connection.decode(decoder, message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading from the plugin");
        } catch (IOException e) {
            throw explained(e);
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
    public void close() {
        closed = true;
        call.close();
    }
}
