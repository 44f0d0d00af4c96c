package dev.kloset.sdk.internal.service;

import dev.kloset.Connector;
import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.StoreFactory;
import dev.kloset.sdk.internal.log.ReceivedConfig;
import dev.kloset.sdk.internal.observe.NoSpan;
import dev.kloset.sdk.internal.observe.Observer.Direction;
import dev.kloset.sdk.internal.observe.Observer.Span;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
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
import dev.kloset.wire.store.StoreInitRequest;
import dev.kloset.wire.store.StoreInitResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The service {@code store.Store}. */
final class StoreService implements Service {

    // The host treats a repository on a built-in type specially: "fs" skips files of a backup, "ptar" packs otherwise.
    private static final Set<String> RESERVED_TYPES = Set.of("fs", "ptar");

    private final ConnectorSlot<Store> slot = new ConnectorSlot<>("store");
    private final Observers observers;
    private final StoreFactory factory;
    private final ListTurns lists = new ListTurns();

    StoreService(Observers observers, StoreFactory factory) {
        this.observers = observers;
        this.factory = factory;
    }

    @Override
    public String pathPrefix() {
        return Rpc.STORE;
    }

    @Override
    public @Nullable CallHandler handler(String method) {
        return switch (method) {
            case Rpc.INIT -> Unary.handler(StoreInitRequest::decode, this::init);
            case Rpc.CREATE -> Unary.handler(ConfigBytes::decode, request -> slot.use(store -> {
                store.create(request.config());
                return Empty.encode();
            }));
            case Rpc.OPEN -> Unary.empty(() -> slot.use(store -> new ConfigBytes(store.open()).encode()));
            case Rpc.PING -> Unary.empty(() -> {
                slot.run(Connector::ping);
                return Empty.encode();
            });
            case Rpc.MODE -> Unary.empty(() -> slot.use(store -> new ModeResponse(store.mode()).encode()));
            case Rpc.SIZE -> Unary.empty(() -> slot.use(store -> new SizeResponse(store.size()).encode()));
            case Rpc.LIST -> this::list;
            case Rpc.PUT -> this::put;
            case Rpc.GET -> this::get;
            case Rpc.DELETE -> Unary.handler(DeleteRequest::decode, request -> slot.use(store -> {
                store.delete(request.resource(), request.mac(), request.hints());
                return Empty.encode();
            }));
            case Rpc.CLOSE -> Unary.empty(this::close);
            default -> null;
        };
    }

    private ByteBuffer init(StoreInitRequest request) throws Exception {
        ReceivedConfig received = ReceivedConfig.of("store", request.proto(), request.config());
        received.register(observers.host());
        StoreContext context = StoreContext.of(request.proto(),
                received.config());
        AtomicReference<Introduction> said = new AtomicReference<>();
        slot.init(() -> Introduction.of(observers.host(), factory.create(context), "store", introduction -> {
            refuseReserved(introduction.type());
            said.set(introduction);
        }));
        Introduction answer = Objects.requireNonNull(said.get(), "said");
        return new StoreInitResponse(answer.origin(), answer.type(), answer.root(), answer.flags()).encode();
    }

    private static void refuseReserved(String type) {
        if (RESERVED_TYPES.contains(type)) {
            throw new IllegalStateException("a store must not have the type \"" + type
                    + "\": Plakar takes it for its own built-in store");
        }
    }

    private void list(ServerCall call) throws Exception {
        ListRequest request = ListRequest.decode(Unary.receive(call));
        lists.run(() -> {
            ByteBuffer answer = encode(slot.use(store -> store.list(request.resource(), request.hints())));
            LeftoverInterrupt.clear(call);
            call.send(answer);
        });
    }

    private static ByteBuffer encode(List<ObjectMac> macs) throws StatusException {
        long needed = ListResponse.bytes(macs.size());
        int limit = GrpcLimits.defaults().maxOutboundMessageBytes();
        if (needed > limit) {
            throw new StatusException(StatusCode.RESOURCE_EXHAUSTED,
                    "the list of " + macs.size() + " objects needs " + needed + " bytes, but Plakar takes " + limit
                            + " bytes in one message and has no second one: the repository holds too many objects");
        }
        return new ListResponse(macs).encode();
    }

    /** The host reports an error that overtakes the data as a bare EOF, so this reads all data in any case. */
    private void put(ServerCall call) throws Exception {
        UploadStream data = new UploadStream(call, observers);
        Span span = NoSpan.INSTANCE;
        try {
            PutRequest first = data.first();
            StorageResource resource = first.resource();
            ObjectMac mac = first.mac();
            call.describe(() -> "storing " + resource + " " + mac);
            span = observers.content(call::describe, Direction.FROM_HOST);
            if (resource == null || mac == null) {
                throw new StatusException(StatusCode.INVALID_ARGUMENT,
                        "the first message of Put must name a resource and a MAC");
            }
            long stored = slot.use(store -> store.put(resource, mac, data, first.hints()));
            data.end();
            data.requireRead();
            call.send(new PutResponse(stored).encode());
        } finally {
            data.end();
            span.end(data.bytes(), data.cause());
        }
    }

    private void get(ServerCall call) throws Exception {
        GetRequest request = GetRequest.decode(Unary.receive(call));
        call.describe(() -> "reading " + request.resource() + " " + request.mac());
        long expected = request.range() == null ? -1 : request.range().length();
        slot.run(store -> ContentSender.send(call, observers,
                () -> store.get(request.resource(), request.mac(), request.range(), request.hints()), expected,
                Chunk::getHead));
    }

    /** The store itself stays: the host deletes its lock in the background, during and after this call. */
    private ByteBuffer close() throws StatusException, InterruptedException {
        slot.requireInit();
        slot.awaitIdle(ConnectorSlot.CLOSE_PATIENCE);
        observers.save();
        return Empty.encode();
    }

    @Override
    public void end(Duration limit) throws InterruptedException {
        slot.end(limit);
    }
}
