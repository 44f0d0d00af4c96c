package dev.kloset.sdk.internal.service;

import dev.kloset.Connector;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ImporterFactory;
import dev.kloset.LocationFlag;
import dev.kloset.sdk.internal.ahead.AheadContent;
import dev.kloset.sdk.internal.ahead.ReadAhead;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.log.HostOptions;
import dev.kloset.sdk.internal.log.ProcessLog;
import dev.kloset.sdk.internal.log.ReceivedConfig;
import dev.kloset.sdk.internal.observe.ImportProgress;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.sdk.internal.observe.SizeDifferences;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ReadyAnswers;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.protobuf.Rpc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The service {@code importer.Importer}. */
final class ImporterService implements Service {

    private final ConnectorSlot<Importer> slot = new ConnectorSlot<>("importer");
    private final Observers observers;
    private final ImporterFactory factory;
    private final PendingRecords pending;
    private final ReadAhead readAhead;
    private final SizeDifferences differences;
    private volatile boolean streams; // so the host counts no total
    private final AtomicReference<@Nullable ImportPump> running = new AtomicReference<>();

    ImporterService(Observers observers, ImporterFactory factory) {
        this.observers = observers;
        this.differences = new SizeDifferences(observers);
        this.factory = factory;
        this.readAhead = new ReadAhead(observers.host(), this::whileOpen);
        this.pending = new PendingRecords(readAhead);
    }

    @Override
    public String pathPrefix() {
        return Rpc.IMPORTER;
    }

    @Override
    public @Nullable CallHandler handler(String method) {
        return switch (method) {
            case Rpc.INIT -> Unary.handler(InitRequest::decode, this::init);
            case Rpc.PING -> Unary.empty(() -> {
                slot.run(Connector::ping);
                return Empty.encode();
            });
            case Rpc.IMPORT -> this::importRecords;
            case Rpc.OPEN -> this::open;
            case Rpc.CLOSE -> Unary.empty(() -> {
                close();
                return Empty.encode();
            });
            default -> null;
        };
    }

    @Override
    public @Nullable ReadyAnswers ready(String method) {
        return readAhead.isActive() && method.equals(Rpc.OPEN) ? this::answer : null;
    }

    /** While the host is observed, nothing is read ahead: what a content takes is measured from its Open. */
    private void whileOpen(ReadAhead.Work work) throws Exception {
        if (!observers.areThere()) {
            slot.runIfReady(_ -> work.run());
        }
    }

    private ByteBuffer init(InitRequest request) throws Exception {
        ReceivedConfig received = ReceivedConfig.of("importer", request.proto(), request.config());
        received.register(observers.host());
        ConnectorContext context = ConnectorContext.of(request.proto(),
                received.config(),
                HostOptions.named(request.options()));
        AtomicReference<Introduction> said = new AtomicReference<>();
        slot.init(() -> Introduction.of(observers.host(), factory.create(context), "importer", said::set));
        Introduction answer = Objects.requireNonNull(said.get(), "said");
        streams = answer.flags().contains(LocationFlag.STREAM);
        return new InitResponse(answer.origin(), answer.type(), answer.root(), answer.flags()).encode();
    }

    private void importRecords(ServerCall call) throws Exception {
        ImportPump pump = new ImportPump(call, pending, observers);
        if (!running.compareAndSet(null, pump)) {
            throw new StatusException(StatusCode.FAILED_PRECONDITION,
                    "an import is running already: one importer serves one Import at a time");
        }
        ImportProgress progress = streams ? progress() : null;
        observers.progress(progress);
        try {
            slot.run(pump::run);
        } finally {
            if (progress != null) {
                progress.close();
            }
            observers.progress(null);
            pending.clear();
            differences.sumUp();
            running.set(null);
        }
    }

    private @Nullable ImportProgress progress() {
        String connector = observers.host().connector();
        return ImportProgress.begin(System.getenv(), line -> ProcessLog.ofThisProcess().progress(connector, line));
    }

    private void open(ServerCall call) throws Exception {
        OpenRequest request = OpenRequest.decode(Unary.receive(call));
        call.describe(() -> "reading the content of " + request.pathname());
        PendingRecords.Pending found = pending.find(request)
                .orElseThrow(() -> new StatusException(StatusCode.NOT_FOUND,
                        request.pathname()
                                + " cannot be opened: the importer did not emit it, or the host acknowledged it"));
        ConnectorRecord record = found.record();
        Content content = PendingRecords.content(record)
                .orElseThrow(() -> new StatusException(
                        StatusCode.FAILED_PRECONDITION, request.pathname() + " cannot be opened: it has no content"));
        HostContext.path(request.pathname());
        long announced = record instanceof FileRecord file ? file.info().size() : -1;
        AheadContent ahead = found.ahead();
        slot.run(_ -> {
            long sent = ContentSender.send(call, observers,
                    () -> counted(ahead == null ? content.open() : ahead.take(call)),
                    announced, Chunk::openHead);
            if (announced >= 0 && sent != announced) {
                differences.add(record.pathname(), announced, sent);
            }
        });
    }

    private InputStream counted(InputStream content) {
        ImportProgress progress = observers.progress();
        return progress == null ? content : progress.counted(content);
    }

    /** Answer an Open whose content is at hand. Whatever is unusual about it is for the handler. */
    private boolean answer(ServerCall call, ByteBuffer message) throws IOException {
        Optional<PendingRecords.Pending> found = pending.find(OpenRequest.decode(message));
        AheadContent ahead = found.isEmpty() ? null : found.get().ahead();
        return ahead != null && ahead.answer(bytes -> answer(call, bytes, bytes.remaining()));
    }

    private boolean answer(ServerCall call, ByteBuffer bytes, int length) throws IOException {
        boolean sent = call.answerNow(length > 0 ? Chunk.openHead(length) : null, bytes);
        ImportProgress progress = observers.progress();
        if (sent && progress != null) {
            progress.sent(length);
        }
        return sent;
    }

    /** The host closes a statistics process in the middle of its import; a backup's import is over by then, or nearly so. */
    private void close() throws Exception {
        slot.requireInit();
        ImportPump pump = running.get();
        if (pump != null && !pump.hostIsDone()) {
            pump.cancel();
        }
        readAhead.stop();
        slot.closeWhenIdle();
        observers.save();
    }

    @Override
    public void end(Duration limit) throws InterruptedException {
        readAhead.stop();
        slot.end(limit);
    }
}
