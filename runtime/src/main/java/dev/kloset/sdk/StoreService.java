package dev.kloset.sdk;

import dev.kloset.Connector;
import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.StoreFactory;
import dev.kloset.sdk.Observer.Direction;
import dev.kloset.sdk.Observer.Span;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ConfigBytes;
import dev.kloset.wire.codec.DeleteRequest;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.GetRequest;
import dev.kloset.wire.codec.ListRequest;
import dev.kloset.wire.codec.ListResponse;
import dev.kloset.wire.codec.ModeResponse;
import dev.kloset.wire.codec.PutRequest;
import dev.kloset.wire.codec.PutResponse;
import dev.kloset.wire.codec.SizeResponse;
import dev.kloset.wire.codec.StoreInitRequest;
import dev.kloset.wire.codec.StoreInitResponse;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The service {@code store.Store}. */
final class StoreService implements Service {

    // A repository on a built-in type is treated specially by the host: "fs" skips files of a backup, "ptar" packs otherwise.
    private static final Set<String> RESERVED_TYPES = Set.of("fs", "ptar");

    private final ConnectorSlot<Store> slot = new ConnectorSlot<>("store");
    private final StoreFactory factory;

    StoreService(StoreFactory factory) {
        this.factory = factory;
    }

    @Override
    public String pathPrefix() {
        return "/store.Store/";
    }

    @Override
    public @Nullable CallHandler handler(String method) {
        return switch (method) {
            case "Init" -> Unary.handler(StoreInitRequest::decode, this::init);
            case "Create" -> Unary.handler(ConfigBytes::decode, request -> slot.use(store -> {
                store.create(request.config());
                return Empty.encode();
            }));
            case "Open" -> Unary.empty(() -> slot.use(store -> new ConfigBytes(store.open()).encode()));
            case "Ping" -> Unary.empty(() -> {
                slot.run(Connector::ping);
                return Empty.encode();
            });
            case "Mode" -> Unary.empty(() -> slot.use(store -> new ModeResponse(store.mode()).encode()));
            case "Size" -> Unary.empty(() -> slot.use(store -> new SizeResponse(store.size()).encode()));
            case "List" -> Unary.handler(ListRequest::decode, this::list);
            case "Put" -> StatusMapper.guarded(this::put);
            case "Get" -> StatusMapper.guarded(this::get);
            case "Delete" -> Unary.handler(DeleteRequest::decode, request -> slot.use(store -> {
                store.delete(request.resource(), request.mac(), request.hints());
                return Empty.encode();
            }));
            case "Close" -> Unary.empty(this::close);
            default -> null;
        };
    }

    private ByteBuffer init(StoreInitRequest request) throws Exception {
        StoreContext context = StoreContext.of(request.proto(),
                ReceivedConfig.of("store", request.proto(), request.config()).use());
        AtomicReference<Introduction> said = new AtomicReference<>();
        slot.init(() -> Introduction.of(factory.create(context), "store", introduction -> {
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

    private ByteBuffer list(ListRequest request) throws Exception {
        List<ObjectMac> macs = slot.use(store -> store.list(request.resource(), request.hints()));
        ByteBuffer answer = new ListResponse(macs).encode();
        int limit = GrpcLimits.defaults().maxOutboundMessageBytes();
        if (answer.remaining() > limit) {
            throw new StatusException(StatusCode.RESOURCE_EXHAUSTED,
                    "the list of " + macs.size() + " objects needs " + answer.remaining() + " bytes, but Plakar takes "
                            + limit
                            + " bytes in one message and has no second one: the repository holds too many objects");
        }
        return answer;
    }

    /** An error that overtakes the data is reported by the host as a bare EOF, so all of it is read in any case. */
    private void put(ServerCall call) throws Exception {
        UploadStream data = new UploadStream(call);
        Span span = Span.NOBODYS;
        try {
            PutRequest first = data.first();
            StorageResource resource = first.resource();
            ObjectMac mac = first.mac();
            call.purpose(() -> "storing " + resource + " " + mac);
            span = Observers.content(call::purpose, Direction.FROM_HOST);
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
        call.purpose(() -> "reading " + request.resource() + " " + request.mac());
        long expected = request.range() == null ? -1 : request.range().length();
        slot.run(store -> ContentSender.send(call,
                () -> store.get(request.resource(), request.mac(), request.range(), request.hints()), expected,
                Chunk::getHead));
    }

    /** The store itself stays: the host deletes its lock in the background, during and after this call. */
    private ByteBuffer close() throws StatusException, InterruptedException {
        slot.requireInit();
        slot.awaitIdle(ConnectorSlot.CLOSE_PATIENCE);
        Observers.save();
        return Empty.encode();
    }

    @Override
    public void end(Duration limit) throws InterruptedException {
        slot.end(limit);
    }
}
