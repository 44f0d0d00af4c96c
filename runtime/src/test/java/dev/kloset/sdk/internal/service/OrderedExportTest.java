package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordHandler;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.export.BufferedContent;
import dev.kloset.export.ParallelExport;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.grpc.ClientCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores with an order among siblings, over the wire: a database and a log of records, in the layouts of real backups. */
class OrderedExportTest {

    private static final String SERVICE = "/plakar.exporter.Exporter/";
    private static final int WORKERS = 8;

    @TempDir
    private Path directory;

    private interface Restore {

        void run(RecordSource records, ResultSink results) throws IOException, InterruptedException;
    }

    private record Ordered(Restore restore) implements Exporter {

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
            restore.run(records, results);
        }
    }

    private static Map<String, String> restore(Restore restore, Map<String, String> files) throws Exception {
        try (HostEnd host = new HostEnd(Services.exporter(_ -> new Ordered(restore), new HostContext()))) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Export")) {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    send(call, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
                }
                call.halfClose();
                return results(call);
            }
        }
    }

    private static Map<String, String> restore(ParallelExport export, RecordHandler handler, Map<String, String> files)
            throws Exception {
        return restore((records, results) -> export.forEach(records, results, handler), files);
    }

    private static void send(ClientCall call, String path, byte[] bytes) throws IOException, InterruptedException {
        FileRecord record = FileRecord.file(path, FileInfo.UNKNOWN_SIZE, Instant.EPOCH, Content.of(""));
        call.send(new ExportRequest(new WireRecord(record, true), null).encode());
        call.send(Chunk.exportHead(bytes.length), ByteBuffer.wrap(bytes));
        call.send(ExportRequest.endMarker());
    }

    private static Map<String, String> results(ClientCall call) throws IOException, InterruptedException {
        Map<String, String> errors = new TreeMap<>();
        for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
            var result = ExportResponse.decode(m).result();
            String error = result.error();
            if (error != null) {
                errors.put(result.header().record().pathname(), error);
            }
        }
        return errors;
    }

    private static String text(ConnectorRecord record) throws IOException {
        try (InputStream in = ((FileRecord) record).content().orElseThrow().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String name(ConnectorRecord record) {
        return record.pathname().substring(record.pathname().lastIndexOf('/') + 1);
    }

    /** Refuses rows without a table, indexes before the last row, and foreign keys before the last index. */
    private static final class Database {

        private final Set<String> tables = ConcurrentHashMap.newKeySet();
        private final Map<String, Integer> rows = new ConcurrentHashMap<>();
        private final Set<String> indexed = ConcurrentHashMap.newKeySet();
        private final int parts;

        Database(int parts) {
            this.parts = parts;
        }

        static int phase(ConnectorRecord record) {
            return switch (name(record)) {
                case "00-table.json" -> 1;
                case "90-after.sql" -> 3;
                case "~90-after.sql" -> 4;
                default -> 2;
            };
        }

        void load(ConnectorRecord record) throws IOException {
            String table = record.pathname().split("/", -1)[1];
            switch (phase(record)) {
                case 1 -> tables.add(table);
                case 2 -> rows(table);
                case 3 -> index(table);
                default -> check(indexed.size() == tables.size(), "an index is missing");
            }
        }

        private void rows(String table) throws IOException {
            check(tables.contains(table), "no table " + table);
            rows.merge(table, 1, Integer::sum);
        }

        private void index(String table) throws IOException {
            check(rows.getOrDefault(table, 0) == parts, "rows of " + table + " are missing");
            indexed.add(table);
        }

        private static void check(boolean right, String sentence) throws IOException {
            if (!right) {
                throw new IOException(sentence);
            }
        }
    }

    private static Map<String, String> dump(int tables, int parts) {
        Map<String, String> files = new TreeMap<>();
        for (int table = 0; table < tables; table++) {
            files.put("/t" + table + "/00-table.json", "columns");
            files.put("/t" + table + "/90-after.sql", "create index");
            for (int part = 0; part < parts; part++) {
                files.put("/t" + table + "/data-" + part + ".tsv", "rows");
            }
        }
        // In the layout of a database, parts come before what follows them.
        Map<String, String> sorted = new TreeMap<>();
        files.forEach((path, text) -> sorted.put(path.replace("/data-", "/20-data-"), text));
        sorted.put("/~90-after.sql", "add constraint");
        return sorted;
    }

    @Test
    void rowsComeAfterTheirTableIndexesAfterTheRowsAndConstraintsLast() throws Exception {
        for (int run = 0; run < 20; run++) {
            Database database = new Database(30);
            assertThat(restore(ParallelExport.with(WORKERS).withPhases(Database::phase), database::load, dump(5, 30)))
                    .as("run %d", run)
                    .isEmpty();
            assertThat(database.indexed).hasSize(5);
        }
    }

    @Test
    void withoutPhasesTheSameDatabaseRefusesRows() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        Database database = new Database(2);
        assertThat(restore(ParallelExport.with(WORKERS), record -> {
            if (Database.phase(record) == 1) {
                refused.await();
            }
            try {
                database.load(record);
            } catch (IOException e) {
                refused.countDown();
                throw e;
            }
        }, dump(1, 2))).containsEntry("/t0/20-data-0.tsv", "no table t0");
    }

    @Test
    void theNextTableIsRestoredWhileTheIndexOfTheLastOneIsMade() throws Exception {
        CountDownLatch secondTable = new CountDownLatch(1);
        Database database = new Database(3);
        assertThat(restore(ParallelExport.with(WORKERS).withPhases(Database::phase), record -> {
            if (record.pathname().equals("/t0/90-after.sql")) {
                secondTable.await();
            }
            database.load(record);
            if (record.pathname().equals("/t1/20-data-2.tsv")) {
                secondTable.countDown();
            }
        }, dump(2, 3))).isEmpty();
    }

    @Test
    void theWindowsOfAPartitionComeInOrderAndPartitionsAtOnce() throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (int window = 0; window < 40; window++) {
            files.put("/%04d-p%d".formatted(window, window % 2), "records");
        }
        Map<String, List<String>> seen = new ConcurrentHashMap<>();
        CountDownLatch otherPartition = new CountDownLatch(1);
        assertThat(restore(ParallelExport.with(WORKERS).withKeys(record -> name(record).substring(5)), record -> {
            if (name(record).equals("0000-p0")) {
                otherPartition.await(); // as long as this window takes, the other partition goes on
            }
            seen.computeIfAbsent(name(record).substring(5), _ -> Collections.synchronizedList(new ArrayList<>()))
                    .add(name(record));
            if (name(record).equals("0001-p1")) {
                otherPartition.countDown();
            }
        }, files)).isEmpty();
        assertThat(seen.get("p0")).hasSize(20).isSorted();
        assertThat(seen.get("p1")).hasSize(20).isSorted();
    }

    @Test
    void aContentThatIsTooLargeToBeKeptWaitsForItsPhaseToo() throws Exception {
        Map<String, String> files = new TreeMap<>(
                Map.of("/0-table", "columns", "/1-rows", "r".repeat(200_000), "/2-after", "index"));
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        ParallelExport export = ParallelExport.with(WORKERS)
                .withMemory(0)
                .withSpill(directory, 0)
                .withPhases(record -> name(record).charAt(1));
        assertThat(restore(export, record -> order.add(name(record) + " " + text(record).length()), files)).isEmpty();
        assertThat(order).containsExactly("0-table 7", "1-rows 200000", "2-after 5");
    }

    @Test
    void aRecordWithoutAPhaseFailsAlone() throws Exception {
        ParallelExport export = ParallelExport.with(WORKERS).withPhases(record -> Integer.parseInt(name(record)));
        assertThat(restore(export, _ -> {}, new TreeMap<>(Map.of("/1", "one", "/two", "two", "/3", "three"))))
                .containsOnlyKeys("/two");
    }

    @Test
    void anExporterTakesContentsOffTheWireItself() throws Exception {
        Map<String, String> files = new TreeMap<>(
                Map.of("/a", "first", "/b", "s".repeat(100_000), "/c", "t".repeat(300_000)));
        List<String> seen = new ArrayList<>();
        var limits = new BufferedContent.Limits(64 << 10, directory, 64 << 10);
        assertThat(restore((records, results) -> {
            Deque<BufferedContent> kept = new ArrayDeque<>();
            for (ConnectorRecord record = records.next(); record != null; record = records.next()) {
                BufferedContent content = BufferedContent.take(record, limits);
                kept.add(content);
                seen.add(name(record) + " " + content.isWhole() + " " + (content.isWhole() ? content.length() : -1));
                if (!content.isWhole()) {
                    seen.add("rest " + content.open().readAllBytes().length);
                }
                results.ok(record);
            }
            // Long after the wire went on, and more than once.
            for (int i = 0; i < 2; i++) {
                for (BufferedContent content : kept.stream().filter(BufferedContent::isWhole).toList()) {
                    seen.add("again " + content.open().readAllBytes().length);
                }
            }
            kept.forEach(BufferedContent::close);
        }, files)).isEmpty();
        assertThat(seen).containsExactly("a true 5", "b true 100000", "c false -1", "rest 300000", "again 5",
                "again 100000", "again 5", "again 100000");
        assertThat(directory).isEmptyDirectory();
    }
}
