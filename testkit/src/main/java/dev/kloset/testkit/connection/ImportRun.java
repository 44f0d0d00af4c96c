package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.Clause;
import dev.kloset.wire.grpc.StatusException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An import, received step by step as a host receives it. For one thread. */
public final class ImportRun implements AutoCloseable {

    private final Call call;
    private boolean finished;
    private boolean ended;

    public ImportRun(PluginConnection connection) throws Exception {
        this.call = connection.call("Import");
    }

    /** {@return the next record; null when the import has finished or its stream has ended} */
    public @Nullable ReceivedRecord next() throws Exception {
        if (finished || ended) {
            return null;
        }
        byte[] message;
        try {
            message = call.receive();
        } catch (ClauseFailedException e) {
            throw new BlockedException(Clause.I03, "a record or the message finished", e.failure().seen());
        } catch (StatusException e) {
            throw new BlockedException(Clause.I03, "an import that ends with the message finished",
                    PluginConnection.words(e));
        }
        if (message == null) {
            ended = true;
            return null;
        }
        RawMessage response = call.parse(message);
        if (response.number(2) != 0) {
            finished = true;
            return null;
        }
        call.parse(response.bytes(1));
        return ReceivedRecord.parse(response.bytes(1));
    }

    public void acknowledge(ReceivedRecord record) throws Exception {
        call.send(record.acknowledgement());
    }

    public void acknowledge(List<ReceivedRecord> records) throws Exception {
        for (ReceivedRecord record : records) {
            acknowledge(record);
        }
    }

    public void halfClose() throws Exception {
        call.halfClose();
    }

    /**
     * Wait for the end of the stream.
     *
     * @return how many more messages came
     */
    public long awaitEnd() throws Exception {
        return ended ? 0 : call.awaitEnd();
    }

    /** {@return all remaining records, each acknowledged at once; the stream is then at its end} */
    public List<ReceivedRecord> rest() throws Exception {
        List<ReceivedRecord> records = new ArrayList<>();
        for (ReceivedRecord record = next(); record != null; record = next()) {
            records.add(record);
            acknowledge(record);
        }
        end();
        return records;
    }

    /** Half-close and wait for the end, as after the last acknowledgement. */
    public void end() throws Exception {
        if (ended) {
            throw new BlockedException(Clause.I03, "the message finished", "the end of the stream without it");
        }
        halfClose();
        try {
            awaitEnd();
        } catch (StatusException e) {
            throw new BlockedException(Clause.I03, "an import that ends well after finished",
                    PluginConnection.words(e));
        }
    }

    /** {@return whether the plugin said "finished" rather than just ending the stream} */
    public boolean saidFinished() {
        return finished;
    }

    public boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        call.close();
    }

    /** {@return the records of a whole import, made once for all checks that only look at its records} */
    public static List<ReceivedRecord> observed(CheckContext context) throws Exception {
        List<ReceivedRecord> known = context.runContext.records();
        if (known != null) {
            context.evidence.saw(); // as if this check had made the import
            return known;
        }
        try (ImportRun run = new ImportRun(context.open())) {
            List<ReceivedRecord> records = run.rest();
            context.runContext.records(records);
            return records;
        }
    }
}
