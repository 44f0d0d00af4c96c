package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.RecordSource;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreHints;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.PutResponse;
import dev.kloset.wire.store.StoreInitRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An author's threads that are still reading when the call is over, as client libraries leave them behind. */
@Timeout(60)
class LeftBehindReadersTest {

    private static final String STORE = "/store.Store/";
    private static final String EXPORTER = "/plakar.exporter.Exporter/";
    private static final String ENDED = "the put has ended: the rest of the object is gone";
    private static final int HALF = 2_500;
    private static final int PUTS = 32;

    /** What a store does with an object. */
    interface Putting {
        long put(InputStream data) throws IOException, InterruptedException;
    }

    /** A store that can only put. */
    private record PuttingStore(Putting putting) implements Store {

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
            return "/";
        }

        @Override
        public void create(byte[] config) {}

        @Override
        public byte[] open() {
            return new byte[0];
        }

        @Override
        public List<ObjectMac> list(StorageResource resource) {
            return List.of();
        }

        @Override
        public long put(StorageResource resource, ObjectMac mac, InputStream data)
                throws IOException, InterruptedException {
            return putting.put(data);
        }

        @Override
        public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) {
            return InputStream.nullInputStream();
        }

        @Override
        public void delete(StorageResource resource, ObjectMac mac) {}
    }

    private static HostEnd host(Putting putting) throws IOException, InterruptedException {
        HostEnd host = new HostEnd(Services.storage(context -> new PuttingStore(putting), new HostContext()));
        host.unary(STORE + "Init", new StoreInitRequest("t", Map.of()).encode());
        return host;
    }

    private static void sendHalf(ClientCall call) throws IOException, InterruptedException {
        call.send(Chunk.putHead(HALF), ByteBuffer.allocate(HALF));
    }

    private static ClientCall begin(HostEnd host, int number) throws IOException, InterruptedException {
        ClientCall call = host.call(STORE + "Put");
        call.send(PutRequest.encodeFirst(StorageResource.PACKFILE, ObjectMac.fromHex("%064x".formatted(number)),
                StoreHints.NONE));
        return call;
    }

    private static long stored(ClientCall call) throws IOException, InterruptedException {
        long stored = PutResponse.decode(Objects.requireNonNull(call.receive())).bytesWritten();
        assertThat(call.receive()).isNull();
        return stored;
    }

    /** Read to the end, and report how that went. */
    private static String readAll(InputStream data) {
        byte[] buffer = new byte[100];
        long total = 0;
        try {
            for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
                total += n;
            }
            return "the end after " + total;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void everyPutIsAnsweredAndNoReaderThatWasLeftBehindSeesAnEnd() throws Exception {
        ConcurrentLinkedQueue<FutureTask<String>> readers = new ConcurrentLinkedQueue<>();
        CountDownLatch thrown = new CountDownLatch(PUTS);
        try (HostEnd host = host(data -> {
            assertThat(data.read()).isZero();
            FutureTask<String> reader = new FutureTask<>(() -> readAll(data));
            readers.add(reader);
            Thread.ofPlatform().daemon().start(reader);
            thrown.countDown();
            throw new IOException("the bucket is full");
        })) {
            List<ClientCall> calls = new ArrayList<>();
            for (int i = 0; i < PUTS; i++) {
                calls.add(begin(host, i));
                sendHalf(calls.getLast());
            }
            thrown.await();
            for (ClientCall call : calls) {
                for (int i = 0; i < 100; i++) {
                    sendHalf(call);
                }
                call.halfClose();
            }
            for (ClientCall call : calls) {
                assertThatThrownBy(call::receive).isInstanceOf(StatusException.class).hasMessage("the bucket is full");
            }
            for (FutureTask<String> reader : readers) {
                // The whole object, if its put ended later.
                assertThat(reader.get()).isIn(ENDED, "the end after " + (101 * HALF - 1));
            }
        }
        assertThat(readers).hasSize(PUTS);
    }

    @Test
    void severalThreadsMayReadAnObjectAndEachByteGoesToOneOfThem() throws Exception {
        int threads = 4;
        int halves = 400;
        try (HostEnd host = host(data -> {
            try (var pool = Executors.newFixedThreadPool(threads)) {
                List<Callable<Long>> counts = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    counts.add(() -> {
                        byte[] buffer = new byte[999];
                        long total = 0;
                        for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
                            for (int at = 0; at < n; at++) {
                                total += buffer[at];
                            }
                        }
                        return total;
                    });
                }
                long total = 0;
                for (Future<Long> count : pool.invokeAll(counts)) {
                    total += count.resultNow();
                }
                return total;
            }
        }); ClientCall call = begin(host, 1)) {
            byte[] ones = new byte[HALF];
            Arrays.fill(ones, (byte) 1);
            for (int i = 0; i < halves; i++) {
                call.send(Chunk.putHead(HALF), ByteBuffer.wrap(ones));
            }
            call.halfClose();
            assertThat(stored(call)).isEqualTo((long) halves * HALF);
        }
    }

    @Test
    void aPutThatReturnsWhileItsReaderIsAtTheObjectHasNotStoredIt() throws Exception {
        ConcurrentLinkedQueue<FutureTask<String>> readers = new ConcurrentLinkedQueue<>();
        CountDownLatch read = new CountDownLatch(1);
        try (HostEnd host = host(data -> {
            assertThat(data.readNBytes(HALF)).hasSize(HALF);
            FutureTask<String> reader = new FutureTask<>(() -> readAll(data));
            readers.add(reader);
            Thread.ofPlatform().daemon().start(reader);
            read.countDown();
            return 2 * HALF;
        }); ClientCall call = begin(host, 1)) {
            sendHalf(call);
            read.await();
            sendHalf(call);
            call.halfClose();
            String answer = answer(call);
            for (FutureTask<String> reader : readers) {
                if (answer.equals("stored")) {
                    assertThat(reader.get()).as("it was quicker than its put").isEqualTo("the end after " + HALF);
                } else {
                    assertThat(answer).startsWith(
                            "a bug in the store: put returned before the object was read to its end, so it is not stored");
                    assertThat(reader.get()).isEqualTo(ENDED);
                }
            }
        }
    }

    private static String answer(ClientCall call) throws IOException, InterruptedException {
        try {
            stored(call);
            return "stored";
        } catch (StatusException e) {
            return e.status().message();
        }
    }

    @Test
    void aPutThatReturnsWithoutReadingHasNotStored() throws Exception {
        try (HostEnd host = host(data -> 2 * HALF); ClientCall call = begin(host, 1)) {
            sendHalf(call);
            sendHalf(call);
            call.halfClose();
            assertThat(answer(call)).isEqualTo("a bug in the store: put returned before the object was read to its end,"
                    + " so it is not stored; 5000 of 5000 bytes were left");
        }
    }

    // ---- contents of a restore

    private static HostEnd restore(ExporterServiceTest.Body body) throws IOException, InterruptedException {
        HostEnd host = new HostEnd(Services.exporter(context -> ExporterServiceTest.exporter(body), new HostContext()));
        host.init(EXPORTER);
        return host;
    }

    private static void sendRecord(ClientCall call, String path) throws IOException, InterruptedException {
        FileRecord record = FileRecord.file(path, 3, Instant.EPOCH, Content.of(""));
        call.send(new ExportRequest(new WireRecord(record, true), null).encode());
    }

    private static void sendChunk(ClientCall call, String text) throws IOException, InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        call.send(Chunk.exportHead(bytes.length), ByteBuffer.wrap(bytes));
    }

    private static void sendFile(ClientCall call, String path) throws IOException, InterruptedException {
        sendRecord(call, path);
        sendChunk(call, "abc");
        call.send(ExportRequest.endMarker());
    }

    private static Map<String, String> results(ClientCall call) throws IOException, InterruptedException {
        Map<String, String> results = new LinkedHashMap<>();
        results(call, results);
        return results;
    }

    private static void results(ClientCall call, Map<String, String> results) throws IOException, InterruptedException {
        for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
            var result = ExportResponse.decode(m).result();
            String error = result.error();
            results.put(result.header().record().pathname(), error == null ? "" : error);
        }
    }

    private static FileRecord next(RecordSource records) throws IOException, InterruptedException {
        return (FileRecord) Objects.requireNonNull(records.next(), "no more records");
    }

    @Test
    void contentThatIsReadAfterItsRecordWasRestoredIsGoneAndTheRestoreFails() throws Exception {
        try (HostEnd host = restore((records, results) -> {
            FileRecord record = next(records);
            results.ok(record);
            assertThatThrownBy(() -> record.content().orElseThrow().open())
                    .isInstanceOf(IOException.class)
                    .hasMessage("the content of /a is gone: its result was given");
            results.ok(next(records));
        }); ClientCall call = host.call(EXPORTER + "Export")) {
            sendFile(call, "/a");
            sendFile(call, "/b");
            call.halfClose();
            Map<String, String> results = new LinkedHashMap<>();
            assertThatThrownBy(() -> results(call, results)).hasMessage(
                    "cannot restore /a: the exporter reported it as restored, and read its content afterwards");
            assertThat(results).containsOnlyKeys("/a", "/b");
        }
    }

    @Test
    void contentThatIsReadOnAfterItsResultIsGoneAndItsRecordIsNotRestored() throws Exception {
        try (HostEnd host = restore((records, results) -> {
            FileRecord record = next(records);
            InputStream in = record.content().orElseThrow().open();
            assertThat(in.read()).isEqualTo('a');
            results.ok(record);
            assertThatThrownBy(in::read).isInstanceOf(IOException.class)
                    .hasMessage("the content of /a is gone: its result was given");
            FileRecord failed = next(records);
            InputStream other = failed.content().orElseThrow().open();
            results.error(failed, "no space");
            assertThatThrownBy(other::read).isInstanceOf(IOException.class)
                    .hasMessage("the content of /b is gone: its result was given");
        }); ClientCall call = host.call(EXPORTER + "Export")) {
            sendFile(call, "/a");
            sendFile(call, "/b");
            call.halfClose();
            assertThat(results(call)).containsExactly(
                    Map.entry("/a", "its content was still being read when its result was given"),
                    Map.entry("/b", "no space"));
        }
    }

    @Test
    void aThreadThatWaitsForContentSeesNoEndWhenItsRecordIsReported() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        ConcurrentLinkedQueue<FutureTask<String>> readers = new ConcurrentLinkedQueue<>();
        try (HostEnd host = restore((records, results) -> {
            FileRecord record = next(records);
            InputStream in = record.content().orElseThrow().open();
            assertThat(in.read()).isEqualTo('a');
            FutureTask<String> reader = new FutureTask<>(() -> readAll(in));
            readers.add(reader);
            Thread thread = Thread.ofPlatform().daemon().start(reader);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            reported.countDown();
            results.ok(record);
        }); ClientCall call = host.call(EXPORTER + "Export")) {
            sendRecord(call, "/a");
            sendChunk(call, "a");
            reported.await();
            sendChunk(call, "bc");
            call.send(ExportRequest.endMarker());
            call.halfClose();
            // The thread may have read everything before the report: then there is no error.
            Map<String, String> results = results(call);
            String read = readers.element().get();
            assertThat(results).hasSize(1).containsKey("/a");
            if (results.containsValue("")) {
                assertThat(read).isEqualTo("the end after 2");
            } else {
                assertThat(read).isEqualTo("the content of /a is gone: its result was given");
            }
        }
    }

    @Test
    void aResultThatComesLateSaysThatTheContentDidNotArrive() throws Exception {
        try (HostEnd host = restore((records, results) -> {
            FileRecord first = next(records);
            assertThat(first.content().orElseThrow().open().read()).isEqualTo('a');
            FileRecord second = next(records);
            second.content().orElseThrow().open().close();
            results.ok(first);
            results.ok(second);
        }); ClientCall call = host.call(EXPORTER + "Export")) {
            sendFile(call, "/a");
            sendFile(call, "/b");
            call.halfClose();
            assertThat(results(call)).containsExactly(
                    Map.entry("/a", "its content was still being read when the next record was requested"),
                    Map.entry("/b", ""));
        }
    }
}
