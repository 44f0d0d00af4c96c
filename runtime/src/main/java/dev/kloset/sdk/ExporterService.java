package dev.kloset.sdk;

import dev.kloset.Connector;
import dev.kloset.ConnectorContext;
import dev.kloset.Exporter;
import dev.kloset.ExporterFactory;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The service {@code plakar.exporter.Exporter}. */
final class ExporterService implements Service {

    private final ConnectorSlot<Exporter> slot = new ConnectorSlot<>("exporter");
    private final ExporterFactory factory;
    private final AtomicBoolean running = new AtomicBoolean();

    ExporterService(ExporterFactory factory) {
        this.factory = factory;
    }

    @Override
    public String pathPrefix() {
        return "/plakar.exporter.Exporter/";
    }

    @Override
    public @Nullable CallHandler handler(String method) {
        return switch (method) {
            case "Init" -> Unary.handler(InitRequest::decode, this::init);
            case "Ping" -> Unary.empty(() -> {
                slot.run(Connector::ping);
                return Empty.encode();
            });
            case "Export" -> StatusMapper.guarded(this::exportRecords);
            case "Close" -> Unary.empty(() -> {
                slot.closeWhenIdle();
                Observers.save();
                return Empty.encode();
            });
            default -> null;
        };
    }

    private ByteBuffer init(InitRequest request) throws Exception {
        ConnectorContext context = ConnectorContext.of(request.proto(),
                ReceivedConfig.of("exporter", request.proto(), request.config()).use(),
                HostOptions.named(request.options()));
        AtomicReference<Introduction> said = new AtomicReference<>();
        slot.init(() -> Introduction.of(factory.create(context), "exporter", said::set));
        Introduction answer = Objects.requireNonNull(said.get(), "said");
        return new InitResponse(answer.origin(), answer.type(), answer.root(), answer.flags()).encode();
    }

    private void exportRecords(ServerCall call) throws Exception {
        if (!running.compareAndSet(false, true)) {
            throw new StatusException(StatusCode.FAILED_PRECONDITION,
                    "an export is running already: one exporter serves one Export at a time");
        }
        try {
            slot.run(exporter -> new ExportPump(call).run(exporter));
        } finally {
            running.set(false);
        }
    }

    @Override
    public void end(Duration limit) throws InterruptedException {
        slot.end(limit);
    }
}
