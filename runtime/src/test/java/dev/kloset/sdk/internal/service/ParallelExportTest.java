package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordHandler;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import dev.kloset.export.ParallelExport;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole export over the wire. */
class ParallelExportTest {

    private static final String SERVICE = "/plakar.exporter.Exporter/";
    private static final int WORKERS = 16;
    private static final int KEPT = 128 * 1024;

    @TempDir
    private Path directory;

    private record Parallel(ParallelExport export, RecordHandler handler) implements Exporter {

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
        public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
            export.forEach(records, results, handler);
        }
    }

    private static HostEnd host(ParallelExport export, RecordHandler handler) throws IOException, InterruptedException {
        HostEnd host = new HostEnd(Services.exporter(_ -> new Parallel(export, handler), new HostContext()));
        host.init(SERVICE);
        return host;
    }

    /** Each of 16 contents has 128 KiB in memory, and then 128 KiB in a file. */
    private ParallelExport small() {
        return ParallelExport.with(WORKERS)
                .withMemory((WORKERS + 1L) * KEPT)
                .withSpill(directory, (WORKERS + 1L) * KEPT);
    }

    private static void sendDirectory(ClientCall call, String path) throws IOException, InterruptedException {
        FileRecord record = FileRecord.received(path, FileInfo.directory(path.substring(1), Instant.EPOCH), "",
                List.of(),
                0, null);
        call.send(new ExportRequest(new WireRecord(record, false), null).encode());
    }

    private static void sendFile(ClientCall call, String path, long size, byte[] bytes)
            throws IOException, InterruptedException {
        sendCut(call, FileRecord.file(path, size, Instant.EPOCH, Content.of("")), bytes);
        call.send(ExportRequest.endMarker());
    }

    private static void sendCut(ClientCall call, ConnectorRecord record, byte[] bytes)
            throws IOException, InterruptedException {
        call.send(new ExportRequest(new WireRecord(record, true), null).encode());
        for (int at = 0; at < bytes.length; at += 1 << 20) {
            int count = Math.min(1 << 20, bytes.length - at);
            call.send(Chunk.exportHead(count), ByteBuffer.wrap(bytes, at, count));
        }
    }

    /** {@return the results by path; the empty text means success} */
    private static Map<String, String> results(ClientCall call) throws IOException, InterruptedException {
        Map<String, String> results = new TreeMap<>();
        for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
            var result = ExportResponse.decode(m).result();
            String error = result.error();
            String before = results.put(result.header().record().pathname(), error == null ? "" : error);
            assertThat(before).as("one result per record").isNull();
        }
        return results;
    }

    private static byte[] bytes(ConnectorRecord record) throws IOException {
        try (InputStream in = ((FileRecord) record).content().orElseThrow().open()) {
            return in.readAllBytes();
        }
    }

    private List<Path> spilled() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void asManyWritesAsThereAreWorkersAreInProgressAtOnceAndNoMore() throws Exception {
        CyclicBarrier all = new CyclicBarrier(WORKERS);
        AtomicInteger inProgress = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (HostEnd host = host(ParallelExport.with(WORKERS), record -> {
            most.accumulateAndGet(inProgress.incrementAndGet(), Math::max);
            try {
                all.await(120, TimeUnit.SECONDS);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw new IOException("fewer than " + WORKERS + " writes were in progress at once", e);
            } finally {
                inProgress.decrementAndGet();
            }
        })) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                for (int i = 0; i < 4 * WORKERS; i++) {
                    sendFile(call, "/f" + i, 3, new byte[3]);
                }
                call.halfClose();
                assertThat(results(call)).hasSize(4 * WORKERS).allSatisfy((path, error) -> assertThat(error).isEmpty());
            }
        }
        assertThat(most).hasValue(WORKERS);
    }

    @Test
    void entriesWaitForTheirDirectoryAndAttributesForTheirFileWhileOthersGoOn() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch otherDone = new CountDownLatch(1);
        try (HostEnd host = host(ParallelExport.with(WORKERS), record -> {
            if (record.pathname().equals("/d")) {
                otherDone.await();
            }
            order.add(record instanceof XattrRecord xattr ? xattr.pathname() + ":" + xattr.name() : record.pathname());
            if (record.pathname().equals("/other")) {
                otherDone.countDown();
            }
        })) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                sendDirectory(call, "/d");
                sendDirectory(call, "/d/e");
                sendFile(call, "/d/e/f", 1, new byte[1]);
                sendCut(call, XattrRecord.of("/d/e/f", "user.x", Content.of("")), new byte[1]);
                call.send(ExportRequest.endMarker());
                sendFile(call, "/other", 1, new byte[1]);
                call.halfClose();
                // The file and its attribute have the same path, so their results cannot be told apart.
                List<@Nullable String> errors = new ArrayList<>();
                for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
                    errors.add(ExportResponse.decode(m).result().error());
                }
                assertThat(errors).hasSize(5).containsOnlyNulls();
            }
        }
        assertThat(order).containsExactly("/other", "/d", "/d/e", "/d/e/f", "/d/e/f:user.x");
    }

    @Test
    void contentsOfAllSizesArriveWholeAndNoFileHasAName() throws Exception {
        Map<String, byte[]> sent = new HashMap<>();
        Map<String, byte[]> seen = new ConcurrentHashMap<>();
        Random random = new Random(1);
        int[] sizes = { 0, 1, 65535, 65536, 65537, KEPT - 1, KEPT, KEPT + 1, 2 * KEPT, 2 * KEPT + 1, 3_000_000 };
        try (HostEnd host = host(small(), record -> {
            while (!spilled().isEmpty()) {
                Thread.onSpinWait(); // a file that is just being opened has a name for a moment
            }
            byte[] first = bytes(record);
            if (first.length <= 2 * KEPT) {
                assertThat(bytes(record)).as("opened again").isEqualTo(first);
            } else {
                assertThatThrownBy(() -> bytes(record)).hasMessage("the content of " + record.pathname()
                        + " can be opened once only: it is too large to be kept, and the host sends it once");
            }
            seen.put(record.pathname(), first);
        })) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                for (int i = 0; i < 44; i++) {
                    byte[] bytes = new byte[sizes[i % sizes.length]];
                    random.nextBytes(bytes);
                    sent.put("/f" + i, bytes);
                    // Every other size is unknown.
                    sendFile(call, "/f" + i, i % 2 == 0 ? bytes.length : FileInfo.UNKNOWN_SIZE, bytes);
                }
                call.halfClose();
                assertThat(results(call)).hasSize(44).allSatisfy((path, error) -> assertThat(error).isEmpty());
            }
        }
        assertThat(seen.keySet()).isEqualTo(sent.keySet());
        sent.forEach((path, bytes) -> assertThat(Arrays.equals(seen.get(path), bytes)).as(path).isTrue());
        assertThat(spilled()).isEmpty();
    }

    @Test
    void whereNoFileCanBeWrittenTheContentIsHandedOverAsItComes() throws Exception {
        byte[] bytes = new byte[2 * KEPT];
        new Random(2).nextBytes(bytes);
        Map<String, byte[]> seen = new ConcurrentHashMap<>();
        try (HostEnd host = host(small().withSpill(directory.resolve("gone"), 1L << 30),
                record -> seen.put(record.pathname(), bytes(record)))) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                sendFile(call, "/f", FileInfo.UNKNOWN_SIZE, bytes);
                call.halfClose();
                assertThat(results(call)).containsExactly(Map.entry("/f", ""));
            }
        }
        assertThat(seen.get("/f")).isEqualTo(bytes);
    }

    @Test
    void aRecordThatFailsAndOneThatIsCutShortFailAlone() throws Exception {
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        try (HostEnd host = host(small(), record -> {
            handled.add(record.pathname());
            if (record.pathname().equals("/full")) {
                throw new IOException("no space left");
            }
            if (record.pathname().equals("/odd")) {
                throw new IllegalStateException("not now");
            }
        })) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                sendFile(call, "/full", 1, new byte[1]);
                sendFile(call, "/odd", 1, new byte[1]);
                sendFile(call, "/good", 1, new byte[1]);
                sendCut(call, FileRecord.file("/cut", 2 * KEPT, Instant.EPOCH, Content.of("")), new byte[KEPT + 1]);
                call.halfClose();
                assertThat(results(call)).containsExactly(
                        Map.entry("/cut", "the host ended in the middle of /cut: its content is not complete"),
                        Map.entry("/full", "no space left"), Map.entry("/good", ""), Map.entry("/odd", "not now"));
            }
        }
        assertThat(handled).containsExactlyInAnyOrder("/full", "/odd", "/good");
        assertThat(spilled()).isEmpty();
    }

    @Test
    void aBugInTheHandlerEndsTheExportWithItsName() throws Exception {
        try (HostEnd host = host(small(), record -> {
            throw new AssertionError("impossible");
        })) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                sendFile(call, "/a", 1, new byte[1]);
                call.halfClose();
                assertThatThrownBy(() -> results(call)).isInstanceOf(StatusException.class)
                        .hasMessageContaining("impossible");
            }
        }
    }

    @Test
    void whenTheHostGivesUpTheWorkersAreInterruptedAndTheFilesAreGone() throws Exception {
        CountDownLatch started = new CountDownLatch(WORKERS);
        CountDownLatch interrupted = new CountDownLatch(WORKERS);
        try (HostEnd host = host(small(), record -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
        })) {
            ClientCall call = host.call(SERVICE + "Export");
            for (int i : IntStream.range(0, WORKERS).toArray()) {
                sendFile(call, "/f" + i, 2 * KEPT, new byte[2 * KEPT]);
            }
            started.await();
            call.cancel();
            interrupted.await();
        }
        assertThat(spilled()).isEmpty();
    }
}
