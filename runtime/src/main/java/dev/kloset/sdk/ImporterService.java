package dev.kloset.sdk;

import dev.kloset.Connector;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ImporterFactory;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The service {@code importer.Importer}. */
final class ImporterService implements Service {

    private final ConnectorSlot<Importer> slot = new ConnectorSlot<>("importer");
    private final ImporterFactory factory;
    private final PendingRecords pending = new PendingRecords();
    private final SizeDifferences differences = new SizeDifferences();
    private final AtomicReference<@Nullable ImportPump> running = new AtomicReference<>();

    ImporterService(ImporterFactory factory) {
        this.factory = factory;
    }

    @Override
    public String pathPrefix() {
        return "/importer.Importer/";
    }

    @Override
    public @Nullable CallHandler handler(String method) {
        return switch (method) {
            case "Init" -> Unary.handler(InitRequest::decode, this::init);
            case "Ping" -> Unary.empty(() -> {
                slot.run(Connector::ping);
                return Empty.encode();
            });
            case "Import" -> StatusMapper.guarded(this::importRecords);
            case "Open" -> StatusMapper.guarded(this::open);
            case "Close" -> Unary.empty(() -> {
                close();
                return Empty.encode();
            });
            default -> null;
        };
    }

    private ByteBuffer init(InitRequest request) throws Exception {
        ConnectorContext context = ConnectorContext.of(request.proto(),
                ReceivedConfig.of("importer", request.proto(), request.config()).use(),
                HostOptions.named(request.options()));
        AtomicReference<Introduction> said = new AtomicReference<>();
        slot.init(() -> Introduction.of(factory.create(context), "importer", said::set));
        Introduction answer = Objects.requireNonNull(said.get(), "said");
        return new InitResponse(answer.origin(), answer.type(), answer.root(), answer.flags()).encode();
    }

    private void importRecords(ServerCall call) throws Exception {
        ImportPump pump = new ImportPump(call, pending);
        if (!running.compareAndSet(null, pump)) {
            throw new StatusException(StatusCode.FAILED_PRECONDITION,
                    "an import is running already: one importer serves one Import at a time");
        }
        try {
            slot.run(pump::run);
        } finally {
            pending.clear();
            differences.sumUp();
            running.set(null);
        }
    }

    private void open(ServerCall call) throws Exception {
        OpenRequest request = OpenRequest.decode(Unary.receive(call));
        call.purpose(() -> "reading the content of " + request.pathname());
        ConnectorRecord record = pending.find(request)
                .orElseThrow(() -> new StatusException(StatusCode.NOT_FOUND,
                        request.pathname()
                                + " cannot be opened: the importer did not emit it, or the host acknowledged it"));
        Content content = PendingRecords.content(record)
                .orElseThrow(() -> new StatusException(
                        StatusCode.FAILED_PRECONDITION, request.pathname() + " cannot be opened: it has no content"));
        LogPlace.path(request.pathname());
        long announced = record instanceof FileRecord file ? file.info().size() : -1;
        slot.run(_ -> {
            long sent = ContentSender.send(call, content::open, announced, Chunk::openHead);
            if (announced >= 0 && sent != announced) {
                differences.add(record.pathname(), announced, sent);
            }
        });
    }

    /** A statistics process is closed in the middle of its import; a backup's import is through or nearly so. */
    private void close() throws Exception {
        slot.requireInit();
        ImportPump pump = running.get();
        if (pump != null && !pump.hostIsDone()) {
            pump.cancel();
        }
        slot.closeWhenIdle();
        Observers.save();
    }

    @Override
    public void end(Duration limit) throws InterruptedException {
        slot.end(limit);
    }
}
