package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.Options;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ImporterServiceTest {

    private static final String SERVICE = "/importer.Importer/";

    /** What one import does. */
    interface Body {
        void run(RecordSink records) throws IOException, InterruptedException;
    }

    private record Scripted(Body body, Runnable onClose) implements Importer {

        @Override
        public String origin() {
            return "o";
        }

        @Override
        public String type() {
            return "t";
        }

        @Override
        public String root() {
            return "/r";
        }

        @Override
        public Set<LocationFlag> flags() {
            return Set.of(LocationFlag.STREAM, LocationFlag.LOCALFS);
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            body.run(records);
        }

        @Override
        public void close() {
            onClose.run();
        }
    }

    private static HostEnd host(Body body) {
        return new HostEnd(Services.importer(context -> new Scripted(body, () -> {}), new HostContext()));
    }

    private static FileRecord file(String path, String content) {
        return FileRecord.file(path, content.length(), Instant.EPOCH, Content.of(content));
    }

    private static OpenRequest open(String path) {
        return new OpenRequest(path, false, "", XattrType.EXTENDED, "");
    }

    private static String read(HostEnd host, OpenRequest request) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ClientCall call = host.call(SERVICE + "Open")) {
            call.send(request.encode());
            call.halfClose();
            for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
                ByteBuffer chunk = Chunk.decodeOpen(m);
                assertThat(chunk.remaining()).as("an empty chunk is an error for hosts").isPositive();
                bytes.write(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<ConnectorRecord> drain(ClientCall call) throws IOException, InterruptedException {
        List<ConnectorRecord> records = new ArrayList<>();
        for (var record = HostEnd.nextRecord(call); record != null; record = HostEnd.nextRecord(call)) {
            records.add(record);
        }
        return records;
    }

    @Test
    void initReturnsTheIntroductionAndAllOptionsArrive() throws Exception {
        List<ConnectorContext> seen = new ArrayList<>();
        try (HostEnd host = new HostEnd(Services.importer(context -> {
            seen.add(context);
            return new Scripted(records -> {}, () -> {});
        }, new HostContext()))) {
            Options options = Options.builder()
                    .hostname("h")
                    .operatingSystem("linux")
                    .architecture("amd64")
                    .cwd("/w")
                    .maxConcurrency(7)
                    .excludes(List.of("*.o", "!a.o"))
                    .noXattr(true)
                    .build();
            InitResponse answer = InitResponse.decode(host.unary(SERVICE + "Init",
                    new InitRequest(options, "proto", Map.of("location", "proto://l", "key", "v")).encode()));

            assertThat(answer).isEqualTo(
                    new InitResponse("o", "t", "/r", Set.of(LocationFlag.STREAM, LocationFlag.LOCALFS)));
            assertThat(seen.getFirst().proto()).isEqualTo("proto");
            assertThat(seen.getFirst().config().values()).containsOnly(Map.entry("location", "proto://l"),
                    Map.entry("key", "v"));
            assertThat(seen.getFirst().options()).usingRecursiveComparison().isEqualTo(options);
        }
    }

    @Test
    void initWithoutOptionsIsFine() throws Exception {
        try (HostEnd host = host(records -> {})) {
            assertThat(InitResponse.decode(host.unary(SERVICE + "Init", ByteBuffer.allocate(0))).origin())
                    .isEqualTo("o");
        }
    }

    @Test
    void callsBeforeInitAreRefusedAndTheProcessLives() throws Exception {
        try (HostEnd host = host(records -> {})) {
            for (String method : List.of("Ping", "Import")) {
                assertThatThrownBy(() -> host.unary(SERVICE + method, Empty.encode()))
                        .isInstanceOf(StatusException.class)
                        .hasMessage("the importer is not initialised: Init must be called, and succeed, first");
            }
            assertThatThrownBy(() -> host.unary(SERVICE + "Open", ByteBuffer.allocate(0)))
                    .isInstanceOf(StatusException.class);
            assertThat(host.init(SERVICE).type()).isEqualTo("t");
        }
    }

    @Test
    void aSecondInitIsRefusedButAFailedOneMayBeRepeated() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (HostEnd host = new HostEnd(Services.importer(context -> {
            if (attempts.incrementAndGet() == 1) {
                throw new ConfigException("the setting \"key\" is missing");
            }
            return new Scripted(records -> {}, () -> {});
        }, new HostContext()))) {
            assertThatThrownBy(() -> host.init(SERVICE)).hasMessage("the setting \"key\" is missing");
            assertThat(host.init(SERVICE).origin()).isEqualTo("o");
            assertThatThrownBy(() -> host.init(SERVICE))
                    .hasMessage("the importer has been initialised already: a plugin process serves one Init only");
        }
    }

    @Test
    void aBugInAFactoryIsASentenceAndNotACrash() throws Exception {
        try (HostEnd host = new HostEnd(Services.importer(context -> {
            throw new ArrayIndexOutOfBoundsException("Index 1 out of bounds for length 0");
        }, new HostContext()))) {
            assertThatThrownBy(() -> host.init(SERVICE))
                    .hasMessageContaining("ArrayIndexOutOfBoundsException: Index 1");
            assertThatThrownBy(() -> host.unary("/importer.Importer/Nonsense", Empty.encode()))
                    .hasMessageContaining("/importer.Importer/Nonsense");
        }
    }

    @Test
    void recordsAreFollowedByFinishedAndTheCallEndsWhenTheHostHasClosedItsSide() throws Exception {
        FileRecord directory = FileRecord.of("/d", FileInfo.directory("d", Instant.EPOCH));
        try (HostEnd host = host(records -> {
            records.emit(directory);
            records.emit(file("/d/a", "abc").withXattrNames(List.of("user.x")));
            records.emit(XattrRecord.of("/d/a", "user.x", Content.of("value")));
            records.emit(new ErrorRecord("/d/b", "permission denied"));
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                List<ConnectorRecord> records = drain(call);
                assertThat(records).extracting(ConnectorRecord::pathname).containsExactly("/d", "/d/a", "/d/a", "/d/b");
                assertThat(((FileRecord) records.get(1)).xattrNames()).containsExactly("user.x");
                assertThat(((ErrorRecord) records.get(3)).message()).isEqualTo("permission denied");

                assertThat(read(host, open("/d/a"))).as("opened after finished").isEqualTo("abc");
                assertThat(read(host, new OpenRequest("/d/a", true, "user.x", XattrType.EXTENDED, "")))
                        .isEqualTo("value");

                for (ConnectorRecord record : records) {
                    HostEnd.acknowledge(call, record);
                }
                call.halfClose();
                assertThat(call.receive()).isNull();
            }
        }
    }

    @Test
    void contentIsOpenedLazilyAndCanBeReadAgainUntilItIsAcknowledged() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        Content content = () -> {
            opened.incrementAndGet();
            return new FilterInputStream(Content.of("x".repeat(700_000)).open()) {
                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        };
        FileRecord record = FileRecord.file("/a", 1, Instant.EPOCH, content);
        CountDownLatch told = new CountDownLatch(1);
        try (HostEnd host = host(records -> records.emit(record, result -> {
            assertThat(result.record()).isSameAs(record);
            assertThat(result.error()).isEmpty();
            told.countDown();
        }))) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                drain(call);
                assertThat(opened).hasValue(0);
                assertThat(read(host, open("/a"))).hasSize(700_000);
                assertThat(read(host, open("/a"))).hasSize(700_000);
                assertThat(opened).hasValue(2);
                assertThat(closed).hasValue(2);

                HostEnd.acknowledge(call, record);
                told.await();
                assertThatThrownBy(() -> read(host, open("/a"))).hasMessageContaining("/a cannot be opened");
                call.halfClose();
                assertThat(call.receive()).isNull();
            }
        }
    }

    @Test
    void emptyContentIsNoMessageAtAll() throws Exception {
        try (HostEnd host = host(records -> records.emit(file("/empty", "")))) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                drain(call);
                assertThat(read(host, open("/empty"))).isEmpty();
            }
        }
    }

    @Test
    void aContentThatFailsAffectsNoOther() throws Exception {
        try (HostEnd host = host(records -> {
            records.emit(FileRecord.file("/bad", 1, Instant.EPOCH, () -> {
                throw new AccessDeniedException("/bad");
            }));
            records.emit(file("/good", "good"));
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                drain(call);
                assertThatThrownBy(() -> read(host, open("/bad"))).hasMessage("permission denied: /bad");
                assertThat(read(host, open("/good"))).isEqualTo("good");
            }
        }
    }

    @Test
    void aPathEmittedTwiceBecomesAnErrorRecord() throws Exception {
        try (HostEnd host = host(records -> {
            records.emit(file("/a", "first"));
            records.emit(file("/a", "second"));
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                List<ConnectorRecord> records = drain(call);
                assertThat(((ErrorRecord) records.get(1)).message()).contains("twice");
                HostEnd.acknowledge(call, records.get(1));
                assertThat(read(host, open("/a"))).as("the ack of the error leaves the file alone").isEqualTo("first");
            }
        }
    }

    @Test
    void aRecordThatCannotTravelFailsAlone() throws Exception {
        FileInfo badName = FileInfo.builder("a").username("\uD800").build();
        try (HostEnd host = host(records -> {
            records.emit(FileRecord.file("/a", badName, Content.of("")));
            records.emit(FileRecord.file("/b", 1, Instant.EPOCH, Content.of("b"))
                    .withXattrNames(List.of("n".repeat(5_000_000))));
            records.emit(file("/c", "c"));
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                List<ConnectorRecord> records = drain(call);
                assertThat(((ErrorRecord) records.get(0)).message()).startsWith("cannot be sent to the host: ");
                assertThat(((ErrorRecord) records.get(1)).message()).contains("larger than the host accepts");
                assertThat(records.get(2).pathname()).isEqualTo("/c");
            }
        }
    }

    @Test
    void acknowledgementsAreTakenWhileRecordsAreSent() throws Exception {
        int count = 60_000;
        AtomicInteger results = new AtomicInteger();
        try (HostEnd host = host(records -> {
            for (int i = 0; i < count; i++) {
                records.emit(file("/f" + i, "x"), result -> results.incrementAndGet());
            }
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                int received = 0;
                for (var record = HostEnd.nextRecord(call); record != null; record = HostEnd.nextRecord(call)) {
                    HostEnd.acknowledge(call, record);
                    received++;
                }
                call.halfClose();
                assertThat(call.receive()).isNull();
                assertThat(received).isEqualTo(count);
                assertThat(results).hasValue(count);
            }
        }
    }

    /** More records in flight could outlive the young generation of the launcher's heap, and a large listing would grow. */
    @Test
    void aHostThatDoesNotAcknowledgeIsSent1024Records() throws Exception {
        AtomicInteger emitted = new AtomicInteger();
        CompletableFuture<Thread> importing = new CompletableFuture<>();
        try (HostEnd host = host(records -> {
            importing.complete(Thread.currentThread());
            for (int i = 0; i < 2000; i++) {
                records.emit(file("/f" + i, "x"));
                emitted.incrementAndGet();
            }
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                Deque<ConnectorRecord> inFlight = new ArrayDeque<>();
                while (inFlight.size() < 1024) {
                    inFlight.add(Objects.requireNonNull(HostEnd.nextRecord(call)));
                }
                while (emitted.get() < 1024
                        || emitted.get() == 1024 && importing.get().getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                assertThat(emitted).hasValue(1024);
                HostEnd.acknowledge(call, inFlight.remove());
                for (var record = HostEnd.nextRecord(call); record != null; record = HostEnd.nextRecord(call)) {
                    inFlight.add(record);
                    HostEnd.acknowledge(call, inFlight.remove());
                }
                assertThat(emitted).hasValue(2000);
                while (!inFlight.isEmpty()) {
                    HostEnd.acknowledge(call, inFlight.remove());
                }
                call.halfClose();
                assertThat(call.receive()).isNull();
            }
        }
    }

    @Test
    void anImportErrorWaitsForTheAcknowledgementsOfSentRecords() throws Exception {
        try (HostEnd host = host(records -> {
            records.emit(file("/a", "a"));
            throw new IOException("the tape tore");
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                ConnectorRecord record = Objects.requireNonNull(HostEnd.nextRecord(call));
                // Had the status overtaken this acknowledgement, sending it would fail.
                assertThat(read(host, open("/a"))).isEqualTo("a");
                HostEnd.acknowledge(call, record);
                assertThatThrownBy(call::receive).isInstanceOf(StatusException.class).hasMessage("the tape tore");
            }
        }
    }

    /** As a pool of walkers does when one of them fails: the others are stopped while they are sending. */
    @Test
    void anImportErrorArrivesEvenIfItsWorkersWereInterruptedWhileTheySent() throws Exception {
        List<String> names = List.of("n".repeat(1_000_000));
        CountDownLatch failed = new CountDownLatch(1);
        try (HostEnd host = host(records -> {
            Thread worker = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0;; i++) {
                        records.emit(file("/f" + i, "x").withXattrNames(names));
                    }
                } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            while (worker.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            worker.interrupt();
            failed.countDown();
            throw new IOException("the source went away");
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                failed.await();
                List<String> paths = new ArrayList<>();
                assertThatThrownBy(() -> {
                    for (var record = HostEnd.nextRecord(call); record != null; record = HostEnd.nextRecord(call)) {
                        HostEnd.acknowledge(call, record);
                        paths.add(record.pathname());
                    }
                }).isInstanceOf(StatusException.class).hasMessage("the source went away");
                assertThat(paths).isNotEmpty();
            }
        }
    }

    @Test
    void severalErrorsOfOnePathAreSentAndEachIsAcknowledged() throws Exception {
        CountDownLatch told = new CountDownLatch(3);
        try (HostEnd host = host(records -> {
            records.emit(new ErrorRecord("/a", "cannot list its attributes"), result -> told.countDown());
            records.emit(file("/a", "x"), result -> told.countDown());
            records.emit(new ErrorRecord("/a", "cannot read its ACL"), result -> told.countDown());
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                List<ConnectorRecord> records = drain(call);
                assertThat(((ErrorRecord) records.get(0)).message()).isEqualTo("cannot list its attributes");
                assertThat(((ErrorRecord) records.get(2)).message()).isEqualTo("cannot read its ACL");
                for (ConnectorRecord record : records) {
                    HostEnd.acknowledge(call, record);
                }
                told.await();
            }
        }
    }

    @Test
    void anImporterThatEmitsAPathTwiceLearnsOfBothRecords() throws Exception {
        CountDownLatch told = new CountDownLatch(2);
        try (HostEnd host = host(records -> {
            records.emit(file("/a", "first"), result -> told.countDown());
            records.emit(file("/a", "second"), result -> told.countDown());
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                for (ConnectorRecord record : drain(call)) {
                    HostEnd.acknowledge(call, record);
                }
                told.await();
            }
        }
    }

    @Test
    void aPathThatIsLongerThanAMessageFailsAlone() throws Exception {
        try (HostEnd host = host(records -> {
            records.emit(file("/" + "p".repeat(5_000_000), "x"));
            records.emit(file("/b", "b"));
        })) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                List<ConnectorRecord> records = drain(call);
                assertThat(((ErrorRecord) records.get(0)).message()).startsWith("a path that begins with /ppp")
                        .endsWith("ppp … cannot be sent to the host: its metadata is larger than the host accepts");
                assertThat(records.get(1).pathname()).isEqualTo("/b");
            }
        }
    }

    @Test
    void aCloseThatFailsDoesNotHideWhyTheContentCouldNotBeRead() throws Exception {
        Content broken = () -> new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is broken");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }

            @Override
            public void close() throws IOException {
                throw new IOException("cannot close");
            }
        };
        try (HostEnd host = host(records -> records.emit(FileRecord.file("/a", 1, Instant.EPOCH, broken)))) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                drain(call);
                assertThatThrownBy(() -> read(host, open("/a"))).hasMessage("the disk is broken");
            }
        }
    }

    @Test
    void aConnectorThatIsBeingClosedWhenTheHostGoesGetsTimeForIt() throws Exception {
        Thread process = Thread.currentThread();
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        HostEnd host = new HostEnd(Services.importer(context -> new Scripted(records -> {}, () -> {
            closing.countDown();
            // Until the process waits for us, and for nothing else.
            while (process.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            closed.incrementAndGet();
        }), new HostContext()));
        host.init(SERVICE);
        Thread.ofVirtual().start(() -> {
            try {
                host.unary(SERVICE + "Close", Empty.encode());
            } catch (IOException | InterruptedException e) {
                // The host dies while it waits for the answer.
            }
        });
        closing.await();
        host.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void oneImportAtATimeButSeveralInARow() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (HostEnd host = host(records -> {
            started.countDown();
            go.await();
        })) {
            host.init(SERVICE);
            try (ClientCall first = host.call(SERVICE + "Import")) {
                started.await();
                assertThatThrownBy(() -> {
                    try (ClientCall second = host.call(SERVICE + "Import")) {
                        second.receive();
                    }
                }).hasMessageContaining("an import is running already");
                go.countDown();
                drain(first);
                first.halfClose();
                assertThat(first.receive()).isNull();
            }
            try (ClientCall again = host.call(SERVICE + "Import")) {
                assertThat(drain(again)).isEmpty();
            }
        }
    }

    @Test
    void closeDuringAnImportCancelsItAndClosesTheConnectorOnce() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        Body endless = records -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        };
        try (HostEnd host = new HostEnd(
                Services.importer(context -> new Scripted(endless, closed::incrementAndGet), new HostContext()))) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                started.await();
                host.unary(SERVICE + "Close", Empty.encode());
                interrupted.await();
                assertThat(closed).hasValue(1);
                assertThatThrownBy(call::receive).isInstanceOf(StatusException.class);
            }
            host.unary(SERVICE + "Ping", Empty.encode());
        }
        assertThat(closed).as("the connector made for the late ping is closed at the end").hasValue(2);
    }

    @Test
    void theImportIsInterruptedWhenTheHostIsGone() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        try (HostEnd host = new HostEnd(Services.importer(context -> new Scripted(records -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
        }, closed::incrementAndGet), new HostContext()))) {
            host.init(SERVICE);
            host.call(SERVICE + "Import");
            started.await();
        }
        assertThat(interrupted.getCount()).isZero();
        assertThat(closed).hasValue(1);
    }

    @Test
    void aCancelledOpenClosesTheStreamOfTheAuthor() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Content stuck = () -> new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                reading.countDown();
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
                return -1;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (HostEnd host = host(records -> records.emit(FileRecord.file("/stuck", 1, Instant.EPOCH, stuck)))) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                drain(call);
                ClientCall open = host.call(SERVICE + "Open");
                open.send(open("/stuck").encode());
                open.halfClose();
                reading.await();
                open.cancel();
                closed.await();
            }
        }
    }

    @Test
    void emittingAfterTheImportReturnedIsABugOfTheAuthor() throws Exception {
        List<RecordSink> leaked = new ArrayList<>();
        try (HostEnd host = host(leaked::add)) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                drain(call);
                assertThatThrownBy(() -> leaked.getFirst().emit(file("/late", "x")))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("importRecords has returned: /late comes too late");
            }
        }
    }
}
