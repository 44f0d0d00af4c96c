package dev.kloset.host;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreHints;
import dev.kloset.StoreMode;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.protobuf.Rpc;
import dev.kloset.wire.store.ConfigBytes;
import dev.kloset.wire.store.DeleteRequest;
import dev.kloset.wire.store.GetRequest;
import dev.kloset.wire.store.ListRequest;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.ModeResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.PutResponse;
import dev.kloset.wire.store.SizeResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store in another process. */
final class RemoteStore extends RemoteConnector implements Store {

    private static final int CHUNK_BYTES = 256 * 1024;

    RemoteStore(Connection connection, InitResponse description) {
        super(connection, Rpc.STORE, description);
    }

    @Override
    public void create(byte[] config) throws IOException, InterruptedException {
        Empty.decode(connection.unary(path(Rpc.CREATE), new ConfigBytes(config).encode()));
    }

    @Override
    public byte[] open() throws IOException, InterruptedException {
        return connection.decode(ConfigBytes::decode, connection.unary(path(Rpc.OPEN), Empty.encode())).config();
    }

    @Override
    public Set<StoreMode> mode() throws IOException, InterruptedException {
        return connection.decode(ModeResponse::decode, connection.unary(path(Rpc.MODE), Empty.encode())).mode();
    }

    @Override
    public long size() throws IOException, InterruptedException {
        return connection.decode(SizeResponse::decode, connection.unary(path(Rpc.SIZE), Empty.encode())).size();
    }

    @Override
    public List<ObjectMac> list(StorageResource resource) throws IOException, InterruptedException {
        return list(resource, StoreHints.NONE);
    }

    @Override
    public List<ObjectMac> list(StorageResource resource, StoreHints hints) throws IOException, InterruptedException {
        return connection
                .decode(ListResponse::decode,
                        connection.unary(path(Rpc.LIST), new ListRequest(resource, hints).encode()))
                .macs();
    }

    @Override
    public long put(StorageResource resource, ObjectMac mac, InputStream data)
            throws IOException, InterruptedException {
        return put(resource, mac, data, StoreHints.NONE);
    }

    /** If {@code data} fails, the call is cancelled, so that the plugin publishes nothing. */
    @Override
    public long put(StorageResource resource, ObjectMac mac, InputStream data, StoreHints hints)
            throws IOException, InterruptedException {
        try (ClientCall call = connection.call(path(Rpc.PUT))) {
            send(call, PutRequest.encodeFirst(resource, mac, hints), data);
            ByteBuffer answer = receive(call);
            if (answer == null) {
                throw new IOException("plugin " + connection.command().name() + " stored " + mac
                        + " without saying how many bytes");
            }
            long stored = connection.decode(PutResponse::decode, answer).bytesWritten();
            while (receive(call) != null) {
                // Only the status at the end says that the object is safe.
            }
            return stored;
        }
    }

    private static void send(ClientCall call, ByteBuffer first, InputStream data)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[CHUNK_BYTES];
        try {
            call.send(first);
            for (int n = data.readNBytes(buffer, 0, CHUNK_BYTES); n > 0; n = data.readNBytes(buffer, 0, CHUNK_BYTES)) {
                call.send(Chunk.putHead(n), ByteBuffer.wrap(buffer, 0, n));
            }
            call.halfClose();
        } catch (CallCancelledException e) {
            // The plugin has already ended the call; its status, which is read next, says why.
        }
    }

    private @Nullable ByteBuffer receive(ClientCall call) throws IOException, InterruptedException {
        try {
            return call.receive();
        } catch (IOException e) {
            throw connection.failure(e);
        }
    }

    @Override
    public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range)
            throws IOException, InterruptedException {
        return get(resource, mac, range, StoreHints.NONE);
    }

    @Override
    public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range, StoreHints hints)
            throws IOException, InterruptedException {
        return RemoteContent.open(connection, path(Rpc.GET), new GetRequest(mac, resource, range, hints).encode(),
                Chunk::decodeGet);
    }

    @Override
    public void delete(StorageResource resource, ObjectMac mac) throws IOException, InterruptedException {
        delete(resource, mac, StoreHints.NONE);
    }

    @Override
    public void delete(StorageResource resource, ObjectMac mac, StoreHints hints)
            throws IOException, InterruptedException {
        Empty.decode(connection.unary(path(Rpc.DELETE), new DeleteRequest(mac, resource, hints).encode()));
    }
}
