package dev.kloset.testkit;

import static dev.kloset.testkit.Clause.I01;
import static dev.kloset.testkit.Clause.I02;
import static dev.kloset.testkit.Clause.I03;
import static dev.kloset.testkit.Clause.I26;
import static dev.kloset.testkit.Clause.I27;
import static dev.kloset.testkit.Clause.I28;

import dev.kloset.Location;
import dev.kloset.wire.grpc.StatusException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The clauses of family I about the source as a whole. */
final class ImportSourceChecks {

    private ImportSourceChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(I01, ImportSourceChecks::isStable);
        checks.put(I02, ImportSourceChecks::hasACleanRoot);
        checks.put(I26, ImportSourceChecks::looksUnchanged);
        checks.put(I27, new Staleness());
        checks.put(I28, ImportSourceChecks::tellsThatNothingIsThere);
    }

    private static void isStable(Bench bench) throws Exception {
        Identity first = bench.start().init();
        Identity second = bench.start().init();
        if (!first.equals(second)) {
            throw new ClauseFailedException("in every process " + first.words(), "in the next one " + second.words());
        }
    }

    private static void hasACleanRoot(Bench bench) throws Exception {
        String root = bench.start().init().root();
        if (!ImportRecordChecks.isCleanPath(root)) {
            throw new ClauseFailedException("an absolute and clean path", "\"" + root + "\"");
        }
    }

    private static void looksUnchanged(Bench bench) throws Exception {
        Map<String, SeenRecord> before = ImportRecordChecks.byPath(ImportRun.observed(bench));
        List<SeenRecord> now;
        Session session = bench.start();
        String root = session.init().root();
        try (ImportRun run = new ImportRun(session)) {
            now = run.rest();
        }
        for (SeenRecord record : ImportRecordChecks.byPath(now).values()) {
            SeenRecord old = before.get(record.pathname());
            // What lies above the root is not of the source: others make files there.
            if (old != null && isBelow(record.pathname(), root) && !old.info().equals(record.info())) {
                throw new ClauseFailedException(record.words() + " with " + fields(old), fields(record));
            }
        }
        if (before.isEmpty()) {
            throw new NotApplicableException("the source has no records with FileInfo");
        }
        if (before.size() != ImportRecordChecks.byPath(now).size()) {
            throw new ClauseFailedException(before.size() + " records",
                    ImportRecordChecks.byPath(now).size() + " in the next process");
        }
    }

    private static boolean isBelow(String pathname, String root) {
        return root.equals("/") || pathname.equals(root) || pathname.startsWith(root + "/");
    }

    private static String fields(SeenRecord record) {
        return record.info().map(Object::toString).orElse("no FileInfo");
    }

    private static void tellsThatNothingIsThere(Bench bench) throws Exception {
        Location location = Location.parse(bench.config().getOrDefault("location", ""));
        if (!location.path().startsWith("/")) {
            throw new NotApplicableException("the location is no path, so none below it can be named");
        }
        Map<String, String> config = new TreeMap<>(bench.config());
        config.put("location", location + "/no-such-source-of-kloset-check");
        if (bench.ground.isBroken(I03)) {
            throw new NotApplicableException("I03 is broken: a good source cannot be told from one that is not there");
        }
        ImportRun.observed(bench); // the good source, without which the bad one proves nothing
        Session session = bench.start();
        try {
            session.unary("Init", session.initRequest(config));
        } catch (StatusException e) {
            return;
        }
        try (ImportRun run = new ImportRun(session)) {
            List<SeenRecord> records = run.rest();
            Optional<SeenRecord> error = records.stream().filter(SeenRecord::isError).findFirst();
            if (error.isEmpty()) {
                throw new ClauseFailedException("an error about a source that is not there",
                        "a good import of " + records.size() + " records");
            }
        } catch (BlockedException e) {
            if (e.by() != I03) {
                throw e;
            }
            bench.note("told by the end of the import: " + e.failure().failure().seen());
        }
    }
}
