package dev.kloset.testkit;

import static dev.kloset.testkit.Clause.I16;
import static dev.kloset.testkit.Clause.I17;
import static dev.kloset.testkit.Clause.I18;
import static dev.kloset.testkit.Clause.I19;
import static dev.kloset.testkit.Clause.I20;
import static dev.kloset.testkit.Clause.I21;
import static dev.kloset.testkit.Clause.I22;
import static dev.kloset.testkit.Clause.I23;

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

    /** {@return the keys of the records whose content is looked at: few of a large source, the empty and large among them} */
    private static List<String> chosen(Bench bench) throws Exception {
        List<SeenRecord> all = ImportRun.observed(bench)
                .stream()
                .filter(SeenRecord::hasContent)
                .filter(record -> size(record) < TOO_LARGE)
                .toList();
        if (all.isEmpty()) {
            throw new NotApplicableException("the source has no content");
        }
        Map<String, SeenRecord> some = new LinkedHashMap<>();
        all.stream().filter(record -> size(record) == 0).limit(2).forEach(record -> some.put(record.key(), record));
        all.stream()
                .filter(record -> size(record) > 1 << 20)
                .limit(2)
                .forEach(record -> some.put(record.key(), record));
        all.stream().filter(SeenRecord::isXattr).limit(2).forEach(record -> some.put(record.key(), record));
        all.stream().limit(MOST_READ - some.size()).forEach(record -> some.put(record.key(), record));
        return List.copyOf(some.keySet());
    }

    private static long size(SeenRecord record) {
        return record.info().map(SeenRecord.SeenInfo::size).orElse(-1L);
    }

    /** Read the chosen contents of one import, each before it is acknowledged. */
    private static Map<SeenRecord, ContentRead> read(Bench bench) throws Exception {
        List<String> chosen = chosen(bench);
        Session session = bench.open();
        Map<SeenRecord, ContentRead> contents = new LinkedHashMap<>();
        try (ImportRun run = new ImportRun(session)) {
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                if (chosen.contains(record.key())) {
                    ContentRead content = ContentRead.orNothing(session, record);
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

    private static void opensMeanwhile(Bench bench) throws Exception {
        chosen(bench);
        Session session = bench.open();
        try (ImportRun run = new ImportRun(session)) {
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                if (record.hasContent()) {
                    ContentRead.of(session, record);
                    run.acknowledge(record);
                    run.rest();
                    return;
                }
                run.acknowledge(record);
            }
        }
        throw new NotApplicableException("the source had no content any more");
    }

    private static void opensAfterFinished(Bench bench) throws Exception {
        String wanted = chosen(bench).getFirst();
        Session session = bench.open();
        try (ImportRun run = new ImportRun(session)) {
            List<SeenRecord> held = new ArrayList<>();
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                if (record.key().equals(wanted)) {
                    held.add(record);
                } else {
                    run.acknowledge(record);
                }
            }
            if (held.isEmpty()) {
                throw new NotApplicableException(wanted + " was not there any more");
            }
            for (SeenRecord record : held) {
                ContentRead.of(session, record);
            }
            run.acknowledge(held);
            run.end();
        }
    }

    private static void sendsNoEmptyChunk(Bench bench) throws Exception {
        for (Map.Entry<SeenRecord, ContentRead> content : read(bench).entrySet()) {
            if (content.getValue().emptyChunks() > 0) {
                throw new ClauseFailedException("chunks with at least one byte",
                        "an empty one in " + content.getKey().words());
            }
        }
    }

    private static void sendsAllBytes(Bench bench) throws Exception {
        for (Map.Entry<SeenRecord, ContentRead> content : read(bench).entrySet()) {
            long size = size(content.getKey());
            if (size >= 0 && size != content.getValue().bytes()) {
                throw new ClauseFailedException(size + " bytes of " + content.getKey().words(),
                        content.getValue().bytes() + " bytes");
            }
        }
    }

    private static void sendsTheSameBytes(Bench bench) throws Exception {
        Map<String, ContentRead> first = new LinkedHashMap<>();
        read(bench).forEach((record, content) -> first.put(record.key(), content));
        int compared = 0;
        for (Map.Entry<SeenRecord, ContentRead> second : read(bench).entrySet()) {
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

    private static void survivesReset(Bench bench) throws Exception {
        chosen(bench);
        Session session = bench.open();
        boolean done = false;
        try (ImportRun run = new ImportRun(session)) {
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                if (!done && record.hasContent() && size(record) != 0) {
                    try (Call call = ContentRead.open(session, record)) {
                        call.receive();
                        call.cancel();
                    }
                    done = true;
                    session.assertAlive("an Open that was reset");
                }
                run.acknowledge(record);
            }
            run.end();
        }
        if (!done) {
            throw new NotApplicableException("all content of the source is empty");
        }
    }

    private static void doesNotOpenTheAbsent(Bench bench) throws Exception {
        Session session = bench.open();
        try (ImportRun run = new ImportRun(session)) {
            Optional<SeenRecord> first = Optional.ofNullable(run.next());
            SeenRecord absent = SeenRecord.parse(new Message().text(2, "/no-such-record-of-kloset-check").toBytes());
            try {
                ContentRead content = ContentRead.of(session, absent);
                throw new ClauseFailedException("a failing Open of " + absent.words(),
                        "a content of " + content.bytes() + " bytes");
            } catch (StatusException e) {
                session.assertAlive("a failing Open");
            }
            if (first.isPresent()) {
                run.acknowledge(first.get());
                run.rest();
            }
        }
    }

    private static void opensManyAtOnce(Bench bench) throws Exception {
        List<String> chosen = chosen(bench);
        Session session = bench.open();
        try (ImportRun run = new ImportRun(session)) {
            List<SeenRecord> held = new ArrayList<>();
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                if (chosen.contains(record.key()) && held.size() < AT_ONCE) {
                    held.add(record);
                } else {
                    run.acknowledge(record);
                }
            }
            List<Call> calls = new ArrayList<>();
            for (SeenRecord record : held) {
                calls.add(ContentRead.open(session, record));
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

    private static void readOne(Call call, SeenRecord record) throws Exception {
        try (call) {
            ContentRead.rest(call);
        } catch (StatusException e) {
            if (record.isFile() && size(record) > 0) {
                throw e;
            }
        }
    }
}
