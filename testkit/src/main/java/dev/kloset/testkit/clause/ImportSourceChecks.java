package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.I01;
import static dev.kloset.testkit.contract.Clause.I02;
import static dev.kloset.testkit.contract.Clause.I03;
import static dev.kloset.testkit.contract.Clause.I26;
import static dev.kloset.testkit.contract.Clause.I27;
import static dev.kloset.testkit.contract.Clause.I28;

import dev.kloset.Location;
import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.Identity;
import dev.kloset.testkit.connection.ImportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.ReceivedRecord;
import dev.kloset.testkit.contract.Clause;
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

    private static void isStable(CheckContext context) throws Exception {
        Identity first = context.start().init();
        Identity second = context.start().init();
        if (!first.equals(second)) {
            throw new ClauseFailedException("in every process " + first.words(), "in the next one " + second.words());
        }
    }

    private static void hasACleanRoot(CheckContext context) throws Exception {
        String root = context.start().init().root();
        if (!ImportRecordChecks.isCleanPath(root)) {
            throw new ClauseFailedException("an absolute and clean path", "\"" + root + "\"");
        }
    }

    private static void looksUnchanged(CheckContext context) throws Exception {
        Map<String, ReceivedRecord> before = ImportRecordChecks.byPath(ImportRun.observed(context));
        List<ReceivedRecord> now;
        PluginConnection connection = context.start();
        String root = connection.init().root();
        try (ImportRun run = new ImportRun(connection)) {
            now = run.rest();
        }
        for (ReceivedRecord record : ImportRecordChecks.byPath(now).values()) {
            ReceivedRecord old = before.get(record.pathname());
            // Entries above the root are outside the source: other programs make files there.
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

    private static String fields(ReceivedRecord record) {
        return record.info().map(Object::toString).orElse("no FileInfo");
    }

    private static void tellsThatNothingIsThere(CheckContext context) throws Exception {
        Location location = Location.parse(context.config().getOrDefault("location", ""));
        if (!location.path().startsWith("/")) {
            throw new NotApplicableException("the location is not a path, so none below it can be named");
        }
        Map<String, String> config = new TreeMap<>(context.config());
        config.put("location", location + "/no-such-source-of-kloset-check");
        if (context.runContext.isBroken(I03)) {
            throw new NotApplicableException("I03 is broken: a good source cannot be told from one that is not there");
        }
        ImportRun.observed(context); // the working source, without which the broken one proves nothing
        PluginConnection connection = context.start();
        try {
            connection.unary("Init", connection.initRequest(config));
        } catch (StatusException e) {
            return;
        }
        try (ImportRun run = new ImportRun(connection)) {
            List<ReceivedRecord> records = run.rest();
            Optional<ReceivedRecord> error = records.stream().filter(ReceivedRecord::isError).findFirst();
            if (error.isEmpty()) {
                throw new ClauseFailedException("an error about a source that is not there",
                        "a good import of " + records.size() + " records");
            }
        } catch (BlockedException e) {
            if (e.by() != I03) {
                throw e;
            }
            context.note("reported by the end of the import: " + e.failure().failure().seen());
        }
    }
}
