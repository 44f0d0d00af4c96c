package dev.kloset.sdk;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ConfigBytes;
import dev.kloset.wire.codec.DeleteRequest;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.GetRequest;
import dev.kloset.wire.codec.ListRequest;
import dev.kloset.wire.codec.ListResponse;
import dev.kloset.wire.codec.PutRequest;
import dev.kloset.wire.codec.PutResponse;
import dev.kloset.wire.codec.StoreInitRequest;
import dev.kloset.wire.codec.StoreInitResponse;
import dev.kloset.wire.grpc.ClientCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The life of a small repository. A store that was there before is opened, and gets one object for a moment. */
final class StoreTraining {

    private static final String SERVICE = "/store.Store/";
    private static final byte[] OBJECT = new byte[100];
    private static final ObjectMac MAC = mac();

    private final TrainingHost host;
    private final TrainingLocation location;
    private final Steps steps;

    /** Tries something and goes on if that fails. */
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
        StoreInitResponse.decode(call("Init",
                new StoreInitRequest(location.protocol(), TrainingHost.config(location)).encode()));
        steps.step("Create", () -> call("Create", new ConfigBytes(OBJECT).encode()));
        steps.step("Open", () -> ConfigBytes.decode(call("Open", Empty.encode())));
        steps.step("Mode", () -> call("Mode", Empty.encode()));
        steps.step("Size", () -> call("Size", Empty.encode()));
        anObject(StorageResource.LOCK);
        anObject(StorageResource.PACKFILE);
        host.close(SERVICE);
    }

    private void anObject(StorageResource resource) {
        steps.step("Put", () -> put(resource));
        steps.step("List", () -> ListResponse.decode(call("List",
                new ListRequest(resource, StoreHints.NONE).encode())));
        steps.step("Get", () -> read(resource, null));
        steps.step("Get", () -> read(resource, new Range(1, 2)));
        steps.step("Delete", () -> call("Delete", new DeleteRequest(MAC, resource, StoreHints.NONE).encode()));
    }

    private ByteBuffer call(String method, ByteBuffer request) throws IOException, InterruptedException {
        return host.unary(SERVICE + method, request);
    }

    private void put(StorageResource resource) throws IOException, InterruptedException {
        try (ClientCall call = host.call(SERVICE + "Put")) {
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
        try (ClientCall call = host.call(SERVICE + "Get")) {
            call.sendLast(new GetRequest(MAC, resource, range, StoreHints.NONE).encode());
            ByteBuffer message = call.receive();
            while (message != null) {
                Chunk.decodeGet(message);
                message = call.receive();
            }
        }
    }
}
