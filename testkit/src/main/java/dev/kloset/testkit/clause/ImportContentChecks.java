package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.I16;
import static dev.kloset.testkit.contract.Clause.I17;
import static dev.kloset.testkit.contract.Clause.I18;
import static dev.kloset.testkit.contract.Clause.I19;
import static dev.kloset.testkit.contract.Clause.I20;
import static dev.kloset.testkit.contract.Clause.I21;
import static dev.kloset.testkit.contract.Clause.I22;
import static dev.kloset.testkit.contract.Clause.I23;

import dev.kloset.testkit.connection.Call;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ContentRead;
import dev.kloset.testkit.connection.ImportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.RawMessageBuilder;
import dev.kloset.testkit.connection.ReceivedRecord;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.wire.grpc.StatusException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clauses of family I about content. */
final class ImportContentChecks {

    private static final int MOST_READ = 24;
    private static final int AT_ONCE = 8;
    private static final long TOO_LARGE = 64L << 20;

    private ImportContentChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(I16, ImportContentChecks::opensMeanwhile);
        checks.put(I17, ImportContentChecks::opensAfterFinished);
        checks.put(I18, ImportContentChecks::sendsNoEmptyChunk);
        checks.put(I19, ImportContentChecks::sendsAllBytes);
        checks.put(I20, ImportContentChecks::sendsTheSameBytes);
        checks.put(I21, ImportContentChecks::survivesReset);
        checks.put(I22, ImportContentChecks::doesNotOpenTheAbsent);
        checks.put(I23, ImportContentChecks::opensManyAtOnce);
    }

    /** {@return the keys of the records whose content is read: of a large source only a few, among them empty and large files} */
    private static List<String> chosen(CheckContext context) throws Exception {
        List<ReceivedRecord> all = ImportRun.observed(context)
                .stream()
                .filter(ReceivedRecord::hasContent)
                .filter(record -> size(record) < TOO_LARGE)
                .toList();
        if (all.isEmpty()) {
            throw new NotApplicableException("the source has no content");
        }
        Map<String, ReceivedRecord> some = new LinkedHashMap<>();
        all.stream().filter(record -> size(record) == 0).limit(2).forEach(record -> some.put(record.key(), record));
        all.stream()
                .filter(record -> size(record) > 1 << 20)
                .limit(2)
                .forEach(record -> some.put(record.key(), record));
        all.stream().filter(ReceivedRecord::isXattr).limit(2).forEach(record -> some.put(record.key(), record));
        all.stream().limit(MOST_READ - some.size()).forEach(record -> some.put(record.key(), record));
        return List.copyOf(some.keySet());
    }

    private static long size(ReceivedRecord record) {
        return record.info().map(ReceivedRecord.SeenInfo::size).orElse(-1L);
    }

    /** Read the chosen contents of one import, each before its record is acknowledged. */
    private static Map<ReceivedRecord, ContentRead> read(CheckContext context) throws Exception {
        List<String> chosen = chosen(context);
        PluginConnection connection = context.open();
        Map<ReceivedRecord, ContentRead> contents = new LinkedHashMap<>();
        try (ImportRun run = new ImportRun(connection)) {
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                if (chosen.contains(record.key())) {
                    ContentRead content = ContentRead.orNothing(connection, record);
                    if (content != null) {
                        contents.put(record, content);
                    }
                }
                run.acknowledge(record);
            }
            run.end();
        }
        if (contents.isEmpty()) {
            throw new NotApplicableException("no content of the source could be read");
        }
        return contents;
    }

    private static void opensMeanwhile(CheckContext context) throws Exception {
        chosen(context);
        PluginConnection connection = context.open();
        try (ImportRun run = new ImportRun(connection)) {
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                if (record.hasContent()) {
                    ContentRead.of(connection, record);
                    run.acknowledge(record);
                    run.rest();
                    return;
                }
                run.acknowledge(record);
            }
        }
        throw new NotApplicableException("the source no longer had any content");
    }

    private static void opensAfterFinished(CheckContext context) throws Exception {
        String wanted = chosen(context).getFirst();
        PluginConnection connection = context.open();
        try (ImportRun run = new ImportRun(connection)) {
            List<ReceivedRecord> held = new ArrayList<>();
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                if (record.key().equals(wanted)) {
                    held.add(record);
                } else {
                    run.acknowledge(record);
                }
            }
            if (held.isEmpty()) {
                throw new NotApplicableException(wanted + " was no longer there");
            }
            for (ReceivedRecord record : held) {
                ContentRead.of(connection, record);
            }
            run.acknowledge(held);
            run.end();
        }
    }

    private static void sendsNoEmptyChunk(CheckContext context) throws Exception {
        for (Map.Entry<ReceivedRecord, ContentRead> content : read(context).entrySet()) {
            if (content.getValue().emptyChunks() > 0) {
                throw new ClauseFailedException("chunks with at least one byte",
                        "an empty one in " + content.getKey().words());
            }
        }
    }

    private static void sendsAllBytes(CheckContext context) throws Exception {
        for (Map.Entry<ReceivedRecord, ContentRead> content : read(context).entrySet()) {
            long size = size(content.getKey());
            if (size >= 0 && size != content.getValue().bytes()) {
                throw new ClauseFailedException(size + " bytes of " + content.getKey().words(),
                        content.getValue().bytes() + " bytes");
            }
        }
    }

    private static void sendsTheSameBytes(CheckContext context) throws Exception {
        Map<String, ContentRead> first = new LinkedHashMap<>();
        read(context).forEach((record, content) -> first.put(record.key(), content));
        int compared = 0;
        for (Map.Entry<ReceivedRecord, ContentRead> second : read(context).entrySet()) {
            ContentRead before = first.get(second.getKey().key());
            compared += before == null ? 0 : 1;
            if (before != null && !before.digest().equals(second.getValue().digest())) {
                throw new ClauseFailedException("the same bytes of " + second.getKey().words() + " in two processes",
                        "others in the second");
            }
        }
        if (compared == 0) {
            throw new NotApplicableException("the two processes show no content in common");
        }
    }

    private static void survivesReset(CheckContext context) throws Exception {
        chosen(context);
        PluginConnection connection = context.open();
        boolean done = false;
        try (ImportRun run = new ImportRun(connection)) {
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                if (!done && record.hasContent() && size(record) != 0) {
                    try (Call call = ContentRead.open(connection, record)) {
                        call.receive();
                        call.cancel();
                    }
                    done = true;
                    connection.assertAlive("an Open that was reset");
                }
                run.acknowledge(record);
            }
            run.end();
        }
        if (!done) {
            throw new NotApplicableException("all content of the source is empty");
        }
    }

    private static void doesNotOpenTheAbsent(CheckContext context) throws Exception {
        PluginConnection connection = context.open();
        try (ImportRun run = new ImportRun(connection)) {
            Optional<ReceivedRecord> first = Optional.ofNullable(run.next());
            ReceivedRecord absent = ReceivedRecord
                    .parse(new RawMessageBuilder().text(2, "/no-such-record-of-kloset-check").toBytes());
            try {
                ContentRead content = ContentRead.of(connection, absent);
                throw new ClauseFailedException("a failing Open of " + absent.words(),
                        "a content of " + content.bytes() + " bytes");
            } catch (StatusException e) {
                connection.assertAlive("a failing Open");
            }
            if (first.isPresent()) {
                run.acknowledge(first.get());
                run.rest();
            }
        }
    }

    private static void opensManyAtOnce(CheckContext context) throws Exception {
        List<String> chosen = chosen(context);
        PluginConnection connection = context.open();
        try (ImportRun run = new ImportRun(connection)) {
            List<ReceivedRecord> held = new ArrayList<>();
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                if (chosen.contains(record.key()) && held.size() < AT_ONCE) {
                    held.add(record);
                } else {
                    run.acknowledge(record);
                }
            }
            List<Call> calls = new ArrayList<>();
            for (ReceivedRecord record : held) {
                calls.add(ContentRead.open(connection, record));
            }
            for (int i = calls.size() - 1; i >= 0; i--) {
                readOne(calls.get(i), held.get(i));
            }
            run.acknowledge(held);
            run.end();
            if (held.size() < 2) {
                throw new NotApplicableException("the source has no two contents");
            }
        }
    }

    private static void readOne(Call call, ReceivedRecord record) throws Exception {
        try (call) {
            ContentRead.rest(call);
        } catch (StatusException e) {
            if (record.isFile() && size(record) > 0) {
                throw e;
            }
        }
    }
}
