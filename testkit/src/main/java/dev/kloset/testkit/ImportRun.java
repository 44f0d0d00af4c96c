package dev.kloset.testkit;

import dev.kloset.wire.grpc.StatusException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An import, received step by step as a host does it. For one thread. */
final class ImportRun implements AutoCloseable {

    private final Call call;
    private boolean finished;
    private boolean ended;

    ImportRun(Session session) throws Exception {
        this.call = session.call("Import");
    }

    /** {@return the next record; null when the import has finished or its stream has ended} */
    @Nullable
    SeenRecord next() throws Exception {
        if (finished || ended) {
            return null;
        }
        byte[] message;
        try {
            message = call.receive();
        } catch (ClauseFailedException e) {
            throw new BlockedException(Clause.I03, "a record or the message finished", e.failure().seen());
        } catch (StatusException e) {
            throw new BlockedException(Clause.I03, "an import that ends with the message finished", Session.words(e));
        }
        if (message == null) {
            ended = true;
            return null;
        }
        Fields response = call.parse(message);
        if (response.number(2) != 0) {
            finished = true;
            return null;
        }
        call.parse(response.bytes(1));
        return SeenRecord.parse(response.bytes(1));
    }

    void acknowledge(SeenRecord record) throws Exception {
        call.send(record.acknowledgement());
    }

    void acknowledge(List<SeenRecord> records) throws Exception {
        for (SeenRecord record : records) {
            acknowledge(record);
        }
    }

    void halfClose() throws Exception {
        call.halfClose();
    }

    /** Wait for the end of the stream. {@return how many messages still came} */
    long awaitEnd() throws Exception {
        return ended ? 0 : call.awaitEnd();
    }

    /** {@return all further records, each acknowledged at once; the stream is at its end} */
    List<SeenRecord> rest() throws Exception {
        List<SeenRecord> records = new ArrayList<>();
        for (SeenRecord record = next(); record != null; record = next()) {
            records.add(record);
            acknowledge(record);
        }
        end();
        return records;
    }

    /** Half-close and wait for the end, as after the last acknowledgement. */
    void end() throws Exception {
        if (ended) {
            throw new BlockedException(Clause.I03, "the message finished", "the end of the stream without it");
        }
        halfClose();
        try {
            awaitEnd();
        } catch (StatusException e) {
            throw new BlockedException(Clause.I03, "an import that ends well after finished", Session.words(e));
        }
    }

    /** {@return whether the plugin said "finished", and did not just end the stream} */
    boolean saidFinished() {
        return finished;
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        call.close();
    }

    /** {@return the records of a whole import, made once for all checks that only look at them} */
    static List<SeenRecord> observed(Bench bench) throws Exception {
        List<SeenRecord> known = bench.ground.records();
        if (known != null) {
            return known;
        }
        try (ImportRun run = new ImportRun(bench.open())) {
            List<SeenRecord> records = run.rest();
            bench.ground.records(records);
            return records;
        }
    }
}
