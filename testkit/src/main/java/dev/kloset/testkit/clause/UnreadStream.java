package dev.kloset.testkit.clause;

import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.Call;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ContentRead;
import dev.kloset.testkit.connection.ImportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.ReceivedRecord;
import dev.kloset.testkit.connection.Repositories;
import dev.kloset.testkit.connection.StoreCalls;
import dev.kloset.testkit.connection.StoreMessages;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.StatusException;
import java.util.List;
import java.util.Optional;

/**
 * Leaves a content or an object unread until flow control stops the plugin, and meanwhile makes other calls over the same
 * connection.
 */
final class UnreadStream implements Check {

    private static final int WINDOW = 1024;
    private static final int SOME = 1 << 20;

    @Override
    public void run(CheckContext context) throws Exception {
        switch (context.kind()) {
            case IMPORTER -> leavesAContent(context);
            case EXPORTER -> throw new NotApplicableException("an exporter sends nothing that could wait for a reader");
            case STORAGE -> leavesAnObject(context);
        }
    }

    private static void leavesAContent(CheckContext context) throws Exception {
        String large = largerThanTheWindow(ImportRun.observed(context));
        PluginConnection connection = context
                .start(GrpcLimits.builder().initialStreamWindow(WINDOW).maxStreamWindow(WINDOW).build());
        connection.init();
        try (ImportRun run = new ImportRun(connection)) {
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                if (record.key().equals(large)) {
                    try (Call unread = ContentRead.open(connection, record)) {
                        meanwhile(() -> connection.assertAlive("a content that is not read"));
                        Optional<ReceivedRecord> other = another(run);
                        if (other.isPresent()) {
                            meanwhile(() -> ContentRead.orNothing(connection, other.get()));
                            run.acknowledge(other.get());
                            // By now the plugin has begun to send; it may not have the first time.
                            meanwhile(() -> connection.assertAlive("a content that is not read"));
                        }
                        ContentRead.rest(unread);
                    } catch (StatusException e) {
                        throw new NotApplicableException(record.words() + " cannot be read: " + e.status().message());
                    }
                }
                run.acknowledge(record);
            }
            run.end();
        }
    }

    /** {@return the next record with content, if there is one} Acknowledges the records before it. */
    private static Optional<ReceivedRecord> another(ImportRun run) throws Exception {
        for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
            if (record.hasContent()) {
                return Optional.of(record);
            }
            run.acknowledge(record);
        }
        return Optional.empty();
    }

    private static String largerThanTheWindow(List<ReceivedRecord> records) throws NotApplicableException {
        return records.stream()
                .filter(record -> record.isFile() && record.info().orElseThrow().size() > 100 * WINDOW)
                .findFirst()
                .map(ReceivedRecord::key)
                .orElseThrow(() -> new NotApplicableException("the source has no content of 100 KiB or more"));
    }

    private static void leavesAnObject(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] large = StoreMessages.content(context.beyondAnyWindow());
        byte[] mac = StoreMessages.mac(context);
        StoreCalls.put(connection, StoreMessages.PACKFILE, mac, large);
        byte[] small = StoreMessages.content(SOME);
        byte[] other = StoreMessages.mac(context);
        try (Call unread = StoreCalls.beginGet(connection, StoreMessages.PACKFILE, mac)) {
            meanwhile(() -> {
                StoreCalls.put(connection, StoreMessages.STATE, other, small);
                StoreCalls.assertContent("put while another object is not read", small,
                        StoreCalls.get(connection, StoreMessages.STATE, other));
            });
            StoreCalls.assertContent("of the object that was read last", large, StoreCalls.rest(unread));
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void meanwhile(Step step) throws Exception {
        try {
            step.run();
        } catch (ClauseFailedException e) {
            throw new ClauseFailedException("answers to other calls while a stream is not read", e.failure().seen());
        } catch (BlockedException e) {
            throw new ClauseFailedException("answers to other calls while a stream is not read",
                    e.failure().failure().seen());
        }
    }
}
