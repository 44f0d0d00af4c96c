package dev.kloset.testkit;

import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.StatusException;
import java.util.List;
import java.util.Optional;

/**
 * Leaves a content or an object unread until the plugin can send no more of it, and asks for other things meanwhile, over the
 * same connection.
 */
final class UnreadStream implements Check {

    private static final int WINDOW = 1024;
    private static final int SOME = 1 << 20;

    @Override
    public void run(Bench bench) throws Exception {
        switch (bench.kind()) {
            case IMPORTER -> leavesAContent(bench);
            case EXPORTER -> throw new NotApplicableException("an exporter sends nothing that could wait for a reader");
            case STORAGE -> leavesAnObject(bench);
        }
    }

    private static void leavesAContent(Bench bench) throws Exception {
        String large = largerThanTheWindow(ImportRun.observed(bench));
        Session session = bench.start(GrpcLimits.builder().initialStreamWindow(WINDOW).maxStreamWindow(WINDOW).build());
        session.init();
        try (ImportRun run = new ImportRun(session)) {
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                if (record.key().equals(large)) {
                    try (Call unread = ContentRead.open(session, record)) {
                        meanwhile(() -> session.assertAlive("a content that is not read"));
                        Optional<SeenRecord> other = another(run);
                        if (other.isPresent()) {
                            meanwhile(() -> ContentRead.orNothing(session, other.get()));
                            run.acknowledge(other.get());
                            // By now the plugin has begun to send, which the first time it may not have.
                            meanwhile(() -> session.assertAlive("a content that is not read"));
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

    /** {@return the next record with content, if there is one; those before it are acknowledged} */
    private static Optional<SeenRecord> another(ImportRun run) throws Exception {
        for (SeenRecord record = run.next(); record != null; record = run.next()) {
            if (record.hasContent()) {
                return Optional.of(record);
            }
            run.acknowledge(record);
        }
        return Optional.empty();
    }

    private static String largerThanTheWindow(List<SeenRecord> records) throws NotApplicableException {
        return records.stream()
                .filter(record -> record.isFile() && record.info().orElseThrow().size() > 100 * WINDOW)
                .findFirst()
                .map(SeenRecord::key)
                .orElseThrow(() -> new NotApplicableException("the source has no content of 100 KiB or more"));
    }

    private static void leavesAnObject(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] large = StoreMessages.content(bench.beyondAnyWindow());
        byte[] mac = StoreMessages.mac(bench);
        StoreCalls.put(session, StoreMessages.PACKFILE, mac, large);
        byte[] small = StoreMessages.content(SOME);
        byte[] other = StoreMessages.mac(bench);
        try (Call unread = StoreCalls.beginGet(session, StoreMessages.PACKFILE, mac)) {
            meanwhile(() -> {
                StoreCalls.put(session, StoreMessages.STATE, other, small);
                StoreCalls.assertContent("put while another object is not read", small,
                        StoreCalls.get(session, StoreMessages.STATE, other));
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
