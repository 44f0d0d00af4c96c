package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.XattrType;
import dev.kloset.sdk.Records;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Contents that are read before the host asks for them, through the real transport. */
class ReadAheadTest {

    private static final String SERVICE = "/importer.Importer/";
    private static final String AHEAD = "ahead";
    private static final int CONVINCING = 4;
    private static final int MOST = 32;

    /** What the contents of one source have seen. */
    private static final class Source {

        final Map<String, List<String>> threads = new ConcurrentHashMap<>();
        final AtomicInteger open = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        final AtomicInteger mostOpen = new AtomicInteger();
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger mostAhead = new AtomicInteger();

        FileRecord file(int number, String text) {
            String path = path(number);
            return FileRecord.file(path, text.length(), Instant.EPOCH, content(path, text).withReadAhead());
        }

        Content content(String path, String text) {
            return () -> {
                threads.computeIfAbsent(path, _ -> new ArrayList<>()).add(Thread.currentThread().getName());
                mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                mostAhead.accumulateAndGet(threads.size() - asked.get(), Math::max);
                return new FilterInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
                    @Override
                    public void close() {
                        open.decrementAndGet();
                        closed.incrementAndGet();
                    }
                };
            };
        }

        String thread(int number) {
            return String.join(",", threads.getOrDefault(path(number), List.of()));
        }

        /** Wait until this content has been opened. */
        void await(int number) {
            while (!threads.containsKey(path(number))) {
                Thread.onSpinWait();
            }
        }

        String read(HostEnd host, int number) throws IOException, InterruptedException {
            asked.incrementAndGet();
            return ReadAheadTest.read(host, path(number));
        }
    }

    private static String path(int number) {
        return "/f" + number;
    }

    private static HostEnd host(Records importer) throws IOException, InterruptedException {
        HostEnd host = new HostEnd(Services.importer(_ -> importer, new HostContext()));
        host.init(SERVICE);
        return host;
    }

    private static String read(HostEnd host, String path) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ClientCall call = open(host, path)) {
            for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
                ByteBuffer chunk = Chunk.decodeOpen(m);
                assertThat(chunk.remaining()).as("an empty chunk is an error for hosts").isPositive();
                bytes.write(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static ClientCall open(HostEnd host, String path) throws IOException, InterruptedException {
        ClientCall call = host.call(SERVICE + "Open");
        call.sendLast(new OpenRequest(path, false, "", XattrType.EXTENDED, "").encode());
        return call;
    }

    private static List<ConnectorRecord> all(ClientCall imports) throws IOException, InterruptedException {
        List<ConnectorRecord> records = new ArrayList<>();
        for (var record = HostEnd.nextRecord(imports); record != null; record = HostEnd.nextRecord(imports)) {
            records.add(record);
        }
        return records;
    }

    private static void end(ClientCall imports) throws IOException, InterruptedException {
        imports.halfClose();
        assertThat(imports.receive()).isNull();
    }

    @Test
    void aHostThatReadsOneFileAfterTheOtherGetsTheNextOnesFromMemory() throws Exception {
        Source source = new Source();
        int count = 300;
        try (HostEnd host = host(sink -> {
            for (int i = 0; i < count; i++) {
                sink.emit(source.file(i, "content " + i));
            }
        }); ClientCall imports = host.call(SERVICE + "Import")) {
            List<ConnectorRecord> records = all(imports);
            for (int i = 0; i < count; i++) {
                if (i == CONVINCING) {
                    source.await(CONVINCING); // the host has not asked for it
                }
                assertThat(source.read(host, i)).isEqualTo("content " + i);
                HostEnd.acknowledge(imports, records.get(i));
            }
            end(imports);
            for (int i = 0; i < count; i++) {
                assertThat(source.threads.get(path(i))).as("opened once").hasSize(1);
            }
            assertThat(source.thread(0)).startsWith("kloset-call");
            assertThat(source.thread(CONVINCING)).isEqualTo(AHEAD);
            assertThat(source.closed).hasValue(count);
            assertThat(source.mostAhead.get()).isLessThanOrEqualTo(MOST);
            assertThat(source.mostOpen.get()).as("one by the host, and one ahead").isLessThanOrEqualTo(2);
        }
    }

    @Test
    void anIncrementalBackupOpensNothing() throws Exception {
        Source source = new Source();
        try (HostEnd host = host(sink -> {
            for (int i = 0; i < 2000; i++) {
                sink.emit(source.file(i, "x"));
            }
        }); ClientCall imports = host.call(SERVICE + "Import")) {
            for (var record = HostEnd.nextRecord(imports); record != null; record = HostEnd.nextRecord(imports)) {
                HostEnd.acknowledge(imports, record);
            }
            end(imports);
            assertThat(source.threads).isEmpty();
        }
    }

    @Test
    void nothingIsReadInVainWhenEveryFourthFileHasChanged() throws Exception {
        Source source = new Source();
        AtomicInteger results = new AtomicInteger();
        try (HostEnd host = host(sink -> {
            for (int i = 0; i < 400; i++) {
                sink.emit(source.file(i, "x"), _ -> results.incrementAndGet());
            }
        }); ClientCall imports = host.call(SERVICE + "Import")) {
            List<ConnectorRecord> records = all(imports);
            for (int i = 0; i < 400; i++) {
                if (i % CONVINCING == 0) {
                    // An Open could overtake what says that the files before it were skipped.
                    while (results.get() < i) {
                        Thread.onSpinWait();
                    }
                    assertThat(source.read(host, i)).isEqualTo("x");
                }
                HostEnd.acknowledge(imports, records.get(i));
            }
            end(imports);
            assertThat(source.threads).hasSize(100);
            assertThat(source.threads.values()).allMatch(threads -> threads.getFirst().startsWith("kloset-call"));
        }
    }

    /** The acknowledgement of a content that was not opened says that the host skips it, and perhaps the next ones. */
    @Test
    void readingAheadEndsWhereTheHostBeginsToSkip() throws Exception {
        Source source = new Source();
        int opened = 6;
        try (HostEnd host = host(sink -> {
            for (int i = 0; i < 500; i++) {
                sink.emit(source.file(i, "x"));
            }
        }); ClientCall imports = host.call(SERVICE + "Import")) {
            List<ConnectorRecord> records = all(imports);
            for (int i = 0; i < opened; i++) {
                source.read(host, i);
                HostEnd.acknowledge(imports, records.get(i));
            }
            source.await(opened);
            for (int i = opened; i < 500; i++) {
                HostEnd.acknowledge(imports, records.get(i));
            }
            end(imports);
            assertThat(source.threads).as("no more in vain than were opened").hasSizeLessThanOrEqualTo(2 * opened);
            assertThat(source.open).hasValue(0);
        }
    }

    @Test
    void aContentThatDoesNotAllowItIsOpenedWhenTheHostAsks() throws Exception {
        Source source = new Source();
        try (HostEnd host = host(sink -> {
            for (int i = 0; i < 200; i++) {
                sink.emit(FileRecord.file(path(i), 1, Instant.EPOCH, source.content(path(i), "x")));
            }
        }); ClientCall imports = host.call(SERVICE + "Import")) {
            List<ConnectorRecord> records = all(imports);
            for (int i = 0; i < 200; i++) {
                assertThat(source.read(host, i)).isEqualTo("x");
                assertThat(source.threads).hasSize(i + 1);
                assertThat(source.thread(i)).startsWith("kloset-call");
                HostEnd.acknowledge(imports, records.get(i));
            }
            end(imports);
        }
    }

    @Test
    void largeContentsAreLeftToTheHost() throws Exception {
        Source source = new Source();
        String large = "x".repeat(32 * 1024 + 1);
        try (HostEnd host = host(sink -> {
            for (int i = 0; i < 20; i++) {
                sink.emit(source.file(i, i % 2 == 0 ? large : large.substring(1)));
            }
        }); ClientCall imports = host.call(SERVICE + "Import")) {
            all(imports);
            for (int i = 0; i < 20; i++) {
                if (i == CONVINCING) {
                    source.await(CONVINCING + 1);
                }
                assertThat(source.read(host, i)).hasSize(large.length() - i % 2);
                if (i % 2 == 0) {
                    assertThat(source.thread(i)).startsWith("kloset-call");
                }
            }
            assertThat(source.thread(CONVINCING + 1)).isEqualTo(AHEAD);
        }
    }

    /** Emits readable contents, and after them these. */
    private static HostEnd hostOf(Source source, FileRecord... others) throws IOException, InterruptedException {
        return host(sink -> {
            for (int i = 0; i < CONVINCING; i++) {
                sink.emit(source.file(i, "x"));
            }
            for (FileRecord other : others) {
                sink.emit(other);
            }
        });
    }

    private static void convince(HostEnd host, Source source) throws IOException, InterruptedException {
        for (int i = 0; i < CONVINCING; i++) {
            source.read(host, i);
        }
    }

    private static FileRecord record(String path, long size, Content content) {
        return FileRecord.file(path, size, Instant.EPOCH, content.withReadAhead());
    }

    @Test
    void aContentThatCannotBeReadFailsWhenTheHostAsksForIt() throws Exception {
        Source source = new Source();
        CountDownLatch tried = new CountDownLatch(2);
        Content content = () -> {
            tried.countDown();
            throw new AccessDeniedException("/bad");
        };
        try (HostEnd host = hostOf(source, record("/bad", 1, content), source.file(9, "good"));
                ClientCall imports = host.call(SERVICE + "Import")) {
            all(imports);
            convince(host, source);
            source.await(9); // the thread is past the bad one
            assertThatThrownBy(() -> read(host, "/bad")).isInstanceOf(StatusException.class)
                    .hasMessage("permission denied: /bad");
            assertThat(tried.getCount()).as("once ahead, once for the host").isZero();
            assertThat(source.read(host, 9)).isEqualTo("good");
        }
    }

    @Test
    void aContentThatFailsOnlyOnceIsReadWhenTheHostAsksForIt() throws Exception {
        Source source = new Source();
        AtomicBoolean failed = new AtomicBoolean();
        Content content = () -> {
            if (!failed.getAndSet(true)) {
                throw new IllegalStateException("not yet");
            }
            return new ByteArrayInputStream(new byte[]{ 'y' });
        };
        try (HostEnd host = hostOf(source, record("/late", 1, content), source.file(9, "good"));
                ClientCall imports = host.call(SERVICE + "Import")) {
            all(imports);
            convince(host, source);
            source.await(9);
            assertThat(read(host, "/late")).isEqualTo("y");
        }
    }

    @Test
    void contentsThatAreLongerOrShorterThanAnnouncedArriveAsTheyAre() throws Exception {
        Source source = new Source();
        try (HostEnd host = hostOf(source,
                record("/longer", 3, source.content("/longer", "longer than it was")),
                record("/shorter", 9, source.content("/shorter", "short")),
                record("/empty", 0, source.content("/empty", "")),
                record("/nothing", 5, source.content("/nothing", "")), source.file(9, "good"));
                ClientCall imports = host.call(SERVICE + "Import")) {
            all(imports);
            convince(host, source);
            source.await(9);
            assertThat(read(host, "/longer")).isEqualTo("longer than it was");
            assertThat(read(host, "/shorter")).isEqualTo("short");
            assertThat(read(host, "/empty")).isEmpty();
            assertThat(read(host, "/nothing")).isEmpty();
            assertThat(source.threads.get("/longer")).as("its length is known only to its reader").hasSize(2);
            assertThat(source.threads.get("/shorter")).hasSize(2);
        }
    }

    /** A content whose reads hang until it is closed, the first time. */
    private static final class Hanging implements Content {

        final CountDownLatch reading = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);
        final AtomicInteger closes = new AtomicInteger();
        final AtomicBoolean first = new AtomicBoolean(true);

        @Override
        public InputStream open() {
            boolean hangs = first.getAndSet(false);
            return new FilterInputStream(new ByteArrayInputStream(new byte[]{ 'h' })) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    if (!hangs) {
                        return super.read(bytes, offset, length);
                    }
                    reading.countDown();
                    while (closed.getCount() > 0) {
                        awaitClose();
                    }
                    throw new IOException("closed");
                }

                @Override
                public void close() {
                    closes.incrementAndGet();
                    closed.countDown();
                }
            };
        }

        /** Swallows interrupts, as a careless client library does. */
        private void awaitClose() {
            try {
                closed.await();
            } catch (InterruptedException _) {
                // On purpose.
            }
        }
    }

    @Test
    void aCancelledOpenEndsTheReadThatItWaitsFor() throws Exception {
        Source source = new Source();
        Hanging hanging = new Hanging();
        try (HostEnd host = hostOf(source, record("/hangs", 1, hanging), source.file(9, "good"));
                ClientCall imports = host.call(SERVICE + "Import")) {
            all(imports);
            convince(host, source);
            hanging.reading.await();
            cancelOpensUntil(hanging.closed, host, "/hangs", source);
            assertThat(read(host, "/hangs")).as("a later Open begins anew").isEqualTo("h");
        }
    }

    /** A call that is reset before it waits for the content ends nothing, so there may have to be several. */
    private static void cancelOpensUntil(CountDownLatch closed, HostEnd host, String path, Source source)
            throws IOException, InterruptedException {
        while (closed.getCount() > 0) {
            try (ClientCall call = open(host, path)) {
                assertThat(source.read(host, 9)).as("other contents do not wait").isEqualTo("good");
                assertThat(call).isNotNull(); // closing it resets the call
            }
        }
    }

    /** A closed stream may say that it has ended. What it gave before looks like a content that has become shorter. */
    @Test
    void aPartOfAContentIsNotTakenForTheWhole() throws Exception {
        Source source = new Source();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        byte[] whole = "0123456789".getBytes(StandardCharsets.UTF_8);
        Content content = () -> first.getAndSet(false)
                ? new Ending(whole, 4, reading, closed)
                : new ByteArrayInputStream(whole);
        try (HostEnd host = hostOf(source, record("/part", whole.length, content),
                source.file(9, "good"));
                ClientCall imports = host.call(SERVICE + "Import")) {
            all(imports);
            convince(host, source);
            reading.await();
            cancelOpensUntil(closed, host, "/part", source);
            assertThat(read(host, "/part")).isEqualTo("0123456789");
            assertThat(closed.getCount()).isZero();
        }
    }

    /** Gives some bytes, hangs until it is closed, and then says that it has ended. */
    private static final class Ending extends FilterInputStream {

        private final CountDownLatch reading;
        private final CountDownLatch closed;

        Ending(byte[] bytes, int length, CountDownLatch reading, CountDownLatch closed) {
            super(new ByteArrayInputStream(bytes, 0, length));
            this.reading = reading;
            this.closed = closed;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count < 0) {
                reading.countDown();
                while (closed.getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
            return count;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void closeAfterTheImportEndsAReadThatHangs() throws Exception {
        Source source = new Source();
        Hanging hanging = new Hanging();
        try (HostEnd host = hostOf(source, record("/hangs", 1, hanging));
                ClientCall imports = host.call(SERVICE + "Import")) {
            List<ConnectorRecord> records = all(imports);
            convince(host, source);
            hanging.reading.await();
            for (ConnectorRecord record : records) {
                HostEnd.acknowledge(imports, record);
            }
            end(imports);
            assertThat(hanging.closes).as("nothing has failed, so the code of the author is left alone").hasValue(0);
            Empty.decode(host.unary(SERVICE + "Close", Empty.encode()));
            hanging.closed.await();
            assertThat(hanging.closes).hasValue(1);
        }
    }

    @Test
    void aCloseInTheMiddleOfTheImportEndsAReadThatHangs() throws Exception {
        Source source = new Source();
        Hanging hanging = new Hanging();
        CountDownLatch never = new CountDownLatch(1);
        try (HostEnd host = host(sink -> {
            for (int i = 0; i < CONVINCING; i++) {
                sink.emit(source.file(i, "x"));
            }
            sink.emit(record("/hangs", 1, hanging));
            never.await();
        }); ClientCall imports = host.call(SERVICE + "Import")) {
            for (int i = 0; i <= CONVINCING; i++) {
                Objects.requireNonNull(HostEnd.nextRecord(imports));
            }
            convince(host, source);
            hanging.reading.await();
            host.unary(SERVICE + "Close", Empty.encode());
            hanging.closed.await();
            assertThat(hanging.closes).hasValue(1);
        }
    }

    /** What an author logs there names the path, and does not outlive the content on the thread. */
    @Test
    void theThreadKnowsWhatItReadsAndItsInterruptsAreNotKept() throws Exception {
        Source source = new Source();
        List<String> paths = new ArrayList<>();
        List<Boolean> interrupted = new ArrayList<>();
        FileRecord[] records = new FileRecord[5];
        for (int i = 0; i < records.length; i++) {
            records[i] = record("/log" + i, 1, () -> {
                paths.add(String.valueOf(HostContext.path()));
                interrupted.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
                return new ByteArrayInputStream(new byte[]{ 'l' });
            });
        }
        try (HostEnd host = hostOf(source, records); ClientCall imports = host.call(SERVICE + "Import")) {
            all(imports);
            convince(host, source);
            for (FileRecord each : records) {
                assertThat(read(host, each.pathname())).isEqualTo("l");
            }
            assertThat(paths).contains("/log0", "/log4");
            assertThat(interrupted).containsOnly(false);
        }
    }

    @Test
    void aSecondImportBeginsAnew() throws Exception {
        Source source = new Source();
        try (HostEnd host = host(sink -> {
            for (int i = 0; i < 50; i++) {
                sink.emit(source.file(i, "x"));
            }
        })) {
            for (int run = 1; run <= 2; run++) {
                try (ClientCall imports = host.call(SERVICE + "Import")) {
                    List<ConnectorRecord> records = all(imports);
                    for (int i = 0; i < 50; i++) {
                        if (i == CONVINCING) {
                            while (source.threads.getOrDefault(path(i), List.of()).size() < run) {
                                Thread.onSpinWait();
                            }
                        }
                        assertThat(source.read(host, i)).isEqualTo("x");
                        HostEnd.acknowledge(imports, records.get(i));
                    }
                    end(imports);
                }
            }
            assertThat(source.thread(CONVINCING)).isEqualTo(AHEAD + "," + AHEAD);
            assertThat(source.closed).hasValue(100);
        }
    }
}
