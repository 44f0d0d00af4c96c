package dev.kloset.testkit.clause;

import static dev.kloset.testkit.connection.StoreMessages.LOCK;
import static dev.kloset.testkit.connection.StoreMessages.PACKFILE;
import static dev.kloset.testkit.connection.StoreMessages.STATE;
import static dev.kloset.testkit.contract.Clause.S16;
import static dev.kloset.testkit.contract.Clause.S17;
import static dev.kloset.testkit.contract.Clause.S18;
import static dev.kloset.testkit.contract.Clause.S19;
import static dev.kloset.testkit.contract.Clause.S20;
import static dev.kloset.testkit.contract.Clause.S21;
import static dev.kloset.testkit.contract.Clause.S24;
import static dev.kloset.testkit.contract.Clause.S25;
import static dev.kloset.testkit.contract.Clause.S26;

import dev.kloset.testkit.connection.Call;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.Repositories;
import dev.kloset.testkit.connection.StoreCalls;
import dev.kloset.testkit.connection.StoreMessages;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.wire.grpc.StatusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The clauses of family S about concurrent calls and several processes. */
final class StoreWriterChecks {

    private static final int MIB = 1 << 20;
    private static final int WRITERS = 16;
    private static final int READERS = 65;

    private StoreWriterChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(S16, StoreWriterChecks::takesManyWriters);
        checks.put(S17, StoreWriterChecks::hidesWhatIsBeingPut);
        checks.put(S18, StoreWriterChecks::dropsWhatWasReset);
        checks.put(S19, StoreWriterChecks::dropsWhatWasKilled);
        checks.put(S20, StoreWriterChecks::showsToOthersAtOnce);
        checks.put(S21, StoreWriterChecks::servesManyReaders);
        checks.put(S24, StoreWriterChecks::deletesAfterClose);
        checks.put(S25, StoreWriterChecks::survivesResetOfGet);
        checks.put(S26, StoreWriterChecks::outlivesTheProcess);
    }

    private static void takesManyWriters(CheckContext context) throws Exception {
        PluginConnection first = Repositories.ready(context);
        PluginConnection second = Repositories.other(context);
        byte[][] macs = new byte[WRITERS][];
        byte[][] contents = new byte[WRITERS][];
        List<Concurrently.Task> puts = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            byte[] mac = StoreMessages.mac(context);
            byte[] content = StoreMessages.content(200_000 + i);
            macs[i] = mac;
            contents[i] = content;
            puts.add(() -> StoreCalls.put(first, PACKFILE, mac, content, 10_000));
        }
        byte[] shared = StoreMessages.mac(context);
        byte[] one = StoreMessages.content(300_000);
        byte[] two = StoreMessages.content(250_000);
        puts.add(() -> StoreCalls.put(first, LOCK, shared, one, 10_000));
        puts.add(() -> StoreCalls.put(second, LOCK, shared, two, 10_000));
        Concurrently.run(puts.stream());
        for (int i = 0; i < WRITERS; i++) {
            StoreCalls.assertContent("of writer " + i, contents[i], StoreCalls.get(second, PACKFILE, macs[i]));
        }
        byte[] winner = StoreCalls.get(first, LOCK, shared);
        if (!Arrays.equals(winner, one) && !Arrays.equals(winner, two)) {
            throw new ClauseFailedException("one of the two objects that were put at once, whole",
                    winner.length + " bytes that are neither");
        }
    }

    /** {@return a Put that has begun and not ended} It has sent so much that the plugin must have begun to store. */
    private static Call beginPut(PluginConnection connection, byte[] mac) throws Exception {
        Call call = connection.call("Put");
        call.send(StoreMessages.putFirst(STATE, mac));
        byte[] piece = StoreMessages.content(MIB);
        boolean taken = true;
        for (int sent = 0; taken && sent < connection.context.beyondAnyWindow(); sent += MIB) {
            taken = call.send(StoreMessages.chunk(piece));
        }
        if (!taken) {
            throw new NotApplicableException("the Put had ended before it could be interrupted");
        }
        call.isAnswered();
        return call;
    }

    private static void assertInvisible(PluginConnection connection, byte[] mac, String when) throws Exception {
        if (StoreCalls.isListed(connection, STATE, mac)) {
            throw new ClauseFailedException("no such object " + when, "it is listed");
        }
        if (StoreCalls.isThere(connection, STATE, mac)) {
            throw new ClauseFailedException("no such object " + when, "it can be got");
        }
    }

    private static void hidesWhatIsBeingPut(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        PluginConnection other = Repositories.other(context);
        byte[] mac = StoreMessages.mac(context);
        try (Call call = beginPut(connection, mac)) {
            assertInvisible(connection, mac, "while it is being put");
            assertInvisible(other, mac, "while another process puts it");
            call.halfClose();
            call.awaitEnd();
        }
        if (!StoreCalls.isListed(connection, STATE, mac)) {
            throw new NotApplicableException("no evidence: the object is not listed after its Put either");
        }
    }

    private static void dropsWhatWasReset(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        try (Call call = beginPut(connection, mac)) {
            call.cancel();
        }
        connection.assertAlive("a Put that was reset");
        assertInvisible(connection, mac, "after its Put was reset");
        // The process may still have been busy with the Put; once it has ended, nothing can follow.
        connection.closeInput();
        connection.awaitEnd();
        PluginConnection other = Repositories.other(context);
        assertInvisible(other, mac, "after its Put was reset");
        StoreCalls.put(other, STATE, mac, new byte[]{ 1, 2, 3 });
        StoreCalls.assertThere(other, STATE, mac);
    }

    private static void dropsWhatWasKilled(CheckContext context) throws Exception {
        if (!context.runContext.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process, which cannot be killed");
        }
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        beginPut(connection, mac);
        connection.kill();
        PluginConnection other = Repositories.other(context);
        assertInvisible(other, mac, "after the process that put it was killed");
        StoreCalls.put(other, STATE, mac, new byte[]{ 1, 2, 3 });
        StoreCalls.assertContent("put again", new byte[]{ 1, 2, 3 }, StoreCalls.get(other, STATE, mac));
    }

    private static void showsToOthersAtOnce(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        PluginConnection other = Repositories.other(context);
        for (int i = 0; i < 5; i++) {
            byte[] mac = StoreMessages.mac(context);
            byte[] content = StoreMessages.content(1000 + i);
            StoreCalls.put(connection, LOCK, mac, content);
            if (!StoreCalls.isListed(other, LOCK, mac)) {
                throw new ClauseFailedException("an object that another process has put", "it is not listed");
            }
            try {
                StoreCalls.assertContent("from another process", content, StoreCalls.get(other, LOCK, mac));
            } catch (StatusException e) {
                throw new ClauseFailedException("an object that another process has put", PluginConnection.words(e));
            }
        }
    }

    private static void servesManyReaders(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        byte[] content = StoreMessages.content(300_000);
        StoreCalls.put(connection, PACKFILE, mac, content);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            calls.add(StoreCalls.beginGet(connection, PACKFILE, mac));
        }
        for (int i = 0; i < READERS; i++) {
            try (Call call = calls.get(i)) {
                StoreCalls.assertContent("in Get " + i + " of " + READERS, content, StoreCalls.rest(call));
            }
        }
    }

    private static void deletesAfterClose(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        StoreCalls.put(connection, LOCK, mac, new byte[50]);
        StoreCalls.assertThere(connection, LOCK, mac);
        CheckContext.needs(Clause.L07, () -> connection.unary("Close"));
        try {
            StoreCalls.delete(connection, LOCK, mac);
        } catch (StatusException e) {
            throw new ClauseFailedException("a Delete that is served after Close", PluginConnection.words(e));
        }
        if (StoreCalls.isThere(Repositories.other(context), LOCK, mac)) {
            throw new ClauseFailedException("nothing after Delete", "the object is still there");
        }
    }

    private static void survivesResetOfGet(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        byte[] content = StoreMessages.content(8 * MIB);
        StoreCalls.put(connection, PACKFILE, mac, content);
        try (Call call = StoreCalls.beginGet(connection, PACKFILE, mac)) {
            call.receive();
            call.cancel();
        }
        StoreCalls.assertContent("in a second Get", content, StoreCalls.get(connection, PACKFILE, mac));
    }

    private static void outlivesTheProcess(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        byte[] content = StoreMessages.content(100_000);
        StoreCalls.put(connection, PACKFILE, mac, content);
        connection.close();
        try {
            StoreCalls.assertContent("from the next process", content,
                    StoreCalls.get(Repositories.other(context), PACKFILE, mac));
        } catch (StatusException e) {
            throw new ClauseFailedException("the object in the next process", PluginConnection.words(e));
        }
    }
}
