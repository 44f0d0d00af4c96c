package dev.kloset.testkit;

import static dev.kloset.testkit.Clause.I03;
import static dev.kloset.testkit.Clause.I04;
import static dev.kloset.testkit.Clause.I14;
import static dev.kloset.testkit.Clause.I15;
import static dev.kloset.testkit.Clause.I24;
import static dev.kloset.testkit.Clause.I25;
import static dev.kloset.testkit.Clause.L07;

import dev.kloset.wire.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The clauses of family I about the stream of an import. */
final class ImportStreamChecks {

    private static final int BATCH = 16;
    /** Long enough for a plugin that ends too early to do so. */
    private static final Duration HELD_BACK = Duration.ofMillis(500);

    private ImportStreamChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(I03, ImportStreamChecks::finishesOnce);
        checks.put(I04, ImportStreamChecks::waitsForAcknowledgements);
        checks.put(I14, ImportStreamChecks::opensNothing);
        checks.put(I15, ImportStreamChecks::takesAnyOrder);
        checks.put(I24, ImportStreamChecks::endsAfterEarlyHalfClose);
        checks.put(I25, ImportStreamChecks::answersCloseMeanwhile);
    }

    private static void finishesOnce(Bench bench) throws Exception {
        try (ImportRun run = new ImportRun(bench.open())) {
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                run.acknowledge(record);
            }
            if (!run.saidFinished()) {
                throw new ClauseFailedException("the message finished", "the end of the stream without it");
            }
            run.halfClose();
            long more = run.awaitEnd();
            if (more > 0) {
                throw new ClauseFailedException("nothing after finished", more + " more messages");
            }
        }
    }

    private static void waitsForAcknowledgements(Bench bench) throws Exception {
        if (bench.ground.isBroken(I03)) {
            throw new NotApplicableException("I03 is broken: the import does not finish");
        }
        try (ImportRun run = new ImportRun(bench.open())) {
            List<SeenRecord> held = List.of();
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                run.acknowledge(held);
                held = List.of(record);
            }
            if (run.hasEnded()) {
                throw new BlockedException(I03, "the message finished", "the end of the stream without it");
            }
            AtomicReference<Exception> fault = new AtomicReference<>();
            Thread end = Thread.ofVirtual().name("end of the import").start(() -> awaitEnd(run, fault));
            if (end.join(HELD_BACK)) {
                throw new ClauseFailedException("a stream that stays open until the last record is acknowledged",
                        "its end before");
            }
            run.acknowledge(held);
            if (end.join(HELD_BACK)) {
                throw new ClauseFailedException("a stream that stays open until the host half-closes",
                        "its end before");
            }
            run.halfClose();
            end.join();
            if (fault.get() != null) {
                throw fault.get();
            }
        }
    }

    private static void awaitEnd(ImportRun run, AtomicReference<Exception> fault) {
        try {
            run.awaitEnd();
        } catch (Exception e) {
            fault.set(e);
        }
    }

    private static void opensNothing(Bench bench) throws Exception {
        Session session = bench.open();
        try (ImportRun run = new ImportRun(session)) {
            run.rest();
        }
        session.assertAlive("an import without any Open");
    }

    private static void takesAnyOrder(Bench bench) throws Exception {
        Session session = bench.open();
        try (ImportRun run = new ImportRun(session)) {
            List<SeenRecord> batch = new ArrayList<>();
            int count = 0;
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                count++;
                batch.add(record);
                if (batch.size() == BATCH) {
                    Collections.reverse(batch);
                    run.acknowledge(batch);
                    batch.clear();
                }
            }
            Collections.reverse(batch);
            run.acknowledge(batch);
            run.end();
            if (count < 2) {
                throw new NotApplicableException("the source has fewer than two records");
            }
        }
    }

    private static void endsAfterEarlyHalfClose(Bench bench) throws Exception {
        Session session = bench.open();
        try (ImportRun run = new ImportRun(session)) {
            assertBegun(run);
            run.halfClose();
            try {
                run.awaitEnd();
            } catch (StatusException e) {
                bench.note("the stream ends with " + e.status().code());
            }
        }
        session.assertAlive("an early half-close");
    }

    private static void assertBegun(ImportRun run) throws Exception {
        if (run.next() == null) {
            throw new NotApplicableException("the import has no record, so nothing comes before its end");
        }
    }

    private static void answersCloseMeanwhile(Bench bench) throws Exception {
        if (bench.ground.isBroken(L07)) {
            throw new NotApplicableException("L07 is broken: Close is not even answered without an Import");
        }
        Session session = bench.open();
        try (ImportRun run = new ImportRun(session)) {
            assertBegun(run);
            session.unary("Close");
            session.assertAlive("Close during Import");
        } catch (StatusException e) {
            bench.note("Close is answered with " + e.status().code());
        }
    }
}
