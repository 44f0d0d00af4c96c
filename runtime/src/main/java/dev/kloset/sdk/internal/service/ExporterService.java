package dev.kloset.sdk.internal.service;

import dev.kloset.Connector;
import dev.kloset.ConnectorContext;
import dev.kloset.Exporter;
import dev.kloset.ExporterFactory;
import dev.kloset.sdk.internal.log.HostOptions;
import dev.kloset.sdk.internal.log.ReceivedConfig;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.protobuf.Rpc;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The service {@code plakar.exporter.Exporter}. */
final class ExporterService implements Service {

    private final ConnectorSlot<Exporter> slot = new ConnectorSlot<>("exporter");
    private final Observers observers;
    private final ExporterFactory factory;
    private final AtomicBoolean running = new AtomicBoolean();

    ExporterService(Observers observers, ExporterFactory factory) {
        this.observers = observers;
        this.factory = factory;
    }

    @Override
    public String pathPrefix() {
        return Rpc.EXPORTER;
    }

    @Override
    public @Nullable CallHandler handler(String method) {
        return switch (method) {
            case Rpc.INIT -> Unary.handler(InitRequest::decode, this::init);
            case Rpc.PING -> Unary.empty(() -> {
                slot.run(Connector::ping);
                return Empty.encode();
            });
            case Rpc.EXPORT -> this::exportRecords;
            case Rpc.CLOSE -> Unary.empty(() -> {
                slot.closeWhenIdle();
                observers.save();
                return Empty.encode();
            });
            default -> null;
        };
    }

    private ByteBuffer init(InitRequest request) throws Exception {
        ReceivedConfig received = ReceivedConfig.of("exporter", request.proto(), request.config());
        received.register(observers.host());
        ConnectorContext context = ConnectorContext.of(request.proto(),
                received.config(),
                HostOptions.named(request.options()));
        AtomicReference<Introduction> said = new AtomicReference<>();
        slot.init(() -> Introduction.of(observers.host(), factory.create(context), "exporter", said::set));
        Introduction answer = Objects.requireNonNull(said.get(), "said");
        return new InitResponse(answer.origin(), answer.type(), answer.root(), answer.flags()).encode();
    }

    private void exportRecords(ServerCall call) throws Exception {
        if (!running.compareAndSet(false, true)) {
            throw new StatusException(StatusCode.FAILED_PRECONDITION,
                    "an export is running already: one exporter serves one Export at a time");
        }
        try {
            slot.run(exporter -> new ExportPump(call, observers).run(exporter));
        } finally {
            running.set(false);
        }
    }

    @Override
    public void end(Duration limit) throws InterruptedException {
        slot.end(limit);
    }
}
