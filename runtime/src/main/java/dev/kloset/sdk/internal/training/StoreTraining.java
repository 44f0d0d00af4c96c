package dev.kloset.sdk.internal.training;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.protobuf.Rpc;
import dev.kloset.wire.store.ConfigBytes;
import dev.kloset.wire.store.DeleteRequest;
import dev.kloset.wire.store.GetRequest;
import dev.kloset.wire.store.ListRequest;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.PutResponse;
import dev.kloset.wire.store.StoreInitRequest;
import dev.kloset.wire.store.StoreInitResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The life of a small repository. A store that already exists is opened, and holds one more object for a moment. */
final class StoreTraining {

    private static final byte[] OBJECT = new byte[100];
    private static final ObjectMac MAC = mac();

    private final TrainingHost host;
    private final TrainingLocation location;
    private final Steps steps;

    /** Tries something and continues if that fails. */
    interface Steps {
        void step(String name, Training.Step step);
    }

    StoreTraining(TrainingHost host, TrainingLocation location, Steps steps) {
        this.host = host;
        this.location = location;
        this.steps = steps;
    }

    private static ObjectMac mac() {
        byte[] bytes = new byte[ObjectMac.BYTES];
        Arrays.fill(bytes, (byte) 0x5A);
        return ObjectMac.of(bytes);
    }

    void run() throws IOException, InterruptedException {
        StoreInitResponse.decode(call(Rpc.INIT,
                new StoreInitRequest(location.protocol(), TrainingHost.config(location)).encode()));
        steps.step(Rpc.CREATE, () -> call(Rpc.CREATE, new ConfigBytes(OBJECT).encode()));
        steps.step(Rpc.OPEN, () -> ConfigBytes.decode(call(Rpc.OPEN, Empty.encode())));
        steps.step(Rpc.MODE, () -> call(Rpc.MODE, Empty.encode()));
        steps.step(Rpc.SIZE, () -> call(Rpc.SIZE, Empty.encode()));
        anObject(StorageResource.LOCK);
        anObject(StorageResource.PACKFILE);
        host.close(Rpc.STORE);
    }

    private void anObject(StorageResource resource) {
        steps.step(Rpc.PUT, () -> put(resource));
        steps.step(Rpc.LIST, () -> ListResponse.decode(call(Rpc.LIST,
                new ListRequest(resource, StoreHints.NONE).encode())));
        steps.step(Rpc.GET, () -> read(resource, null));
        steps.step(Rpc.GET, () -> read(resource, new Range(1, 2)));
        steps.step(Rpc.DELETE, () -> call(Rpc.DELETE, new DeleteRequest(MAC, resource, StoreHints.NONE).encode()));
    }

    private ByteBuffer call(String method, ByteBuffer request) throws IOException, InterruptedException {
        return host.unary(Rpc.STORE + method, request);
    }

    private void put(StorageResource resource) throws IOException, InterruptedException {
        try (ClientCall call = host.call(Rpc.STORE + Rpc.PUT)) {
            call.send(PutRequest.encodeFirst(resource, MAC, StoreHints.NONE));
            call.send(Chunk.putHead(OBJECT.length), ByteBuffer.wrap(OBJECT));
            call.halfClose();
            ByteBuffer answer = call.receive();
            if (answer != null) {
                PutResponse.decode(answer);
                call.receive();
            }
        }
    }

    private void read(StorageResource resource, @Nullable Range range) throws IOException, InterruptedException {
        try (ClientCall call = host.call(Rpc.STORE + Rpc.GET)) {
            call.sendLast(new GetRequest(MAC, resource, range, StoreHints.NONE).encode());
            ByteBuffer message = call.receive();
            while (message != null) {
                Chunk.decodeGet(message);
                message = call.receive();
            }
        }
    }
}
