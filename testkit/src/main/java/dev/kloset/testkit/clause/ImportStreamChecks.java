package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.I03;
import static dev.kloset.testkit.contract.Clause.I04;
import static dev.kloset.testkit.contract.Clause.I14;
import static dev.kloset.testkit.contract.Clause.I15;
import static dev.kloset.testkit.contract.Clause.I24;
import static dev.kloset.testkit.contract.Clause.I25;
import static dev.kloset.testkit.contract.Clause.L07;

import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ImportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.ReceivedRecord;
import dev.kloset.testkit.contract.Clause;
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
    /** Long enough to catch a plugin that ends too early. */
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

    private static void finishesOnce(CheckContext context) throws Exception {
        try (ImportRun run = new ImportRun(context.open())) {
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
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

    private static void waitsForAcknowledgements(CheckContext context) throws Exception {
        if (context.runContext.isBroken(I03)) {
            throw new NotApplicableException("I03 is broken: the import does not finish");
        }
        try (ImportRun run = new ImportRun(context.open())) {
            List<ReceivedRecord> held = List.of();
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
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

    private static void opensNothing(CheckContext context) throws Exception {
        PluginConnection connection = context.open();
        try (ImportRun run = new ImportRun(connection)) {
            run.rest();
        }
        connection.assertAlive("an import without any Open");
    }

    private static void takesAnyOrder(CheckContext context) throws Exception {
        PluginConnection connection = context.open();
        try (ImportRun run = new ImportRun(connection)) {
            List<ReceivedRecord> batch = new ArrayList<>();
            int count = 0;
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
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

    private static void endsAfterEarlyHalfClose(CheckContext context) throws Exception {
        PluginConnection connection = context.open();
        try (ImportRun run = new ImportRun(connection)) {
            assertBegun(run);
            run.halfClose();
            try {
                run.awaitEnd();
            } catch (StatusException e) {
                context.note("the stream ends with " + e.status().code());
            }
        }
        connection.assertAlive("an early half-close");
    }

    private static void assertBegun(ImportRun run) throws Exception {
        if (run.next() == null) {
            throw new NotApplicableException("the import has no record, so nothing comes before its end");
        }
    }

    private static void answersCloseMeanwhile(CheckContext context) throws Exception {
        if (context.runContext.isBroken(L07)) {
            throw new NotApplicableException("L07 is broken: Close is not even answered without an Import");
        }
        PluginConnection connection = context.open();
        try (ImportRun run = new ImportRun(connection)) {
            assertBegun(run);
            connection.unary("Close");
            connection.assertAlive("Close during Import");
        } catch (StatusException e) {
            context.note("Close is answered with " + e.status().code());
        }
    }
}
