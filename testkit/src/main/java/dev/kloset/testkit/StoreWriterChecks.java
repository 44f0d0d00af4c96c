package dev.kloset.testkit;

import static dev.kloset.testkit.Clause.S16;
import static dev.kloset.testkit.Clause.S17;
import static dev.kloset.testkit.Clause.S18;
import static dev.kloset.testkit.Clause.S19;
import static dev.kloset.testkit.Clause.S20;
import static dev.kloset.testkit.Clause.S21;
import static dev.kloset.testkit.Clause.S24;
import static dev.kloset.testkit.Clause.S25;
import static dev.kloset.testkit.Clause.S26;
import static dev.kloset.testkit.StoreMessages.LOCK;
import static dev.kloset.testkit.StoreMessages.PACKFILE;
import static dev.kloset.testkit.StoreMessages.STATE;

import dev.kloset.wire.grpc.StatusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The clauses of family S about several calls and several processes. */
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

    private static void takesManyWriters(Bench bench) throws Exception {
        Session first = Repositories.ready(bench);
        Session second = Repositories.other(bench);
        byte[][] macs = new byte[WRITERS][];
        byte[][] contents = new byte[WRITERS][];
        AtOnce all = new AtOnce();
        for (int i = 0; i < WRITERS; i++) {
            byte[] mac = StoreMessages.mac(bench);
            byte[] content = StoreMessages.content(200_000 + i);
            macs[i] = mac;
            contents[i] = content;
            all.start(() -> StoreCalls.put(first, PACKFILE, mac, content, 10_000));
        }
        byte[] shared = StoreMessages.mac(bench);
        byte[] one = StoreMessages.content(300_000);
        byte[] two = StoreMessages.content(250_000);
        all.start(() -> StoreCalls.put(first, LOCK, shared, one, 10_000));
        all.start(() -> StoreCalls.put(second, LOCK, shared, two, 10_000));
        all.await();
        for (int i = 0; i < WRITERS; i++) {
            StoreCalls.assertContent("of writer " + i, contents[i], StoreCalls.get(second, PACKFILE, macs[i]));
        }
        byte[] winner = StoreCalls.get(first, LOCK, shared);
        if (!Arrays.equals(winner, one) && !Arrays.equals(winner, two)) {
            throw new ClauseFailedException("one of the two objects that were put at once, whole",
                    winner.length + " bytes that are neither");
        }
    }

    /** {@return a Put that has begun and not ended} So much is sent that the plugin must have begun to store. */
    private static Call beginPut(Session session, byte[] mac) throws Exception {
        Call call = session.call("Put");
        call.send(StoreMessages.putFirst(STATE, mac));
        byte[] piece = StoreMessages.content(MIB);
        boolean taken = true;
        for (int sent = 0; taken && sent < session.bench.beyondAnyWindow(); sent += MIB) {
            taken = call.send(StoreMessages.chunk(piece));
        }
        if (!taken) {
            throw new NotApplicableException("the Put had ended before it could be interrupted");
        }
        call.isAnswered();
        return call;
    }

    private static void assertInvisible(Session session, byte[] mac, String when) throws Exception {
        if (StoreCalls.isListed(session, STATE, mac)) {
            throw new ClauseFailedException("no such object " + when, "it is listed");
        }
        if (StoreCalls.isThere(session, STATE, mac)) {
            throw new ClauseFailedException("no such object " + when, "it can be got");
        }
    }

    private static void hidesWhatIsBeingPut(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        Session other = Repositories.other(bench);
        byte[] mac = StoreMessages.mac(bench);
        try (Call call = beginPut(session, mac)) {
            assertInvisible(session, mac, "while it is being put");
            assertInvisible(other, mac, "while another process puts it");
            call.halfClose();
            call.awaitEnd();
        }
        if (!StoreCalls.isListed(session, STATE, mac)) {
            throw new NotApplicableException("no evidence: the object is not listed after its Put either");
        }
    }

    private static void dropsWhatWasReset(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        try (Call call = beginPut(session, mac)) {
            call.cancel();
        }
        session.assertAlive("a Put that was reset");
        assertInvisible(session, mac, "after its Put was reset");
        // The process may still have been busy with it; when it has ended nothing can follow.
        session.closeInput();
        session.awaitEnd();
        Session other = Repositories.other(bench);
        assertInvisible(other, mac, "after its Put was reset");
        StoreCalls.put(other, STATE, mac, new byte[]{ 1, 2, 3 });
        StoreCalls.assertThere(other, STATE, mac);
    }

    private static void dropsWhatWasKilled(Bench bench) throws Exception {
        if (!bench.ground.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process, which cannot be killed");
        }
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        beginPut(session, mac);
        session.kill();
        Session other = Repositories.other(bench);
        assertInvisible(other, mac, "after the process that put it was killed");
        StoreCalls.put(other, STATE, mac, new byte[]{ 1, 2, 3 });
        StoreCalls.assertContent("put again", new byte[]{ 1, 2, 3 }, StoreCalls.get(other, STATE, mac));
    }

    private static void showsToOthersAtOnce(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        Session other = Repositories.other(bench);
        for (int i = 0; i < 5; i++) {
            byte[] mac = StoreMessages.mac(bench);
            byte[] content = StoreMessages.content(1000 + i);
            StoreCalls.put(session, LOCK, mac, content);
            if (!StoreCalls.isListed(other, LOCK, mac)) {
                throw new ClauseFailedException("an object that another process has put", "it is not listed");
            }
            try {
                StoreCalls.assertContent("from another process", content, StoreCalls.get(other, LOCK, mac));
            } catch (StatusException e) {
                throw new ClauseFailedException("an object that another process has put", Session.words(e));
            }
        }
    }

    private static void servesManyReaders(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        byte[] content = StoreMessages.content(300_000);
        StoreCalls.put(session, PACKFILE, mac, content);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            calls.add(StoreCalls.beginGet(session, PACKFILE, mac));
        }
        for (int i = 0; i < READERS; i++) {
            try (Call call = calls.get(i)) {
                StoreCalls.assertContent("in Get " + i + " of " + READERS, content, StoreCalls.rest(call));
            }
        }
    }

    private static void deletesAfterClose(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        StoreCalls.put(session, LOCK, mac, new byte[50]);
        StoreCalls.assertThere(session, LOCK, mac);
        Bench.needs(Clause.L07, () -> session.unary("Close"));
        try {
            StoreCalls.delete(session, LOCK, mac);
        } catch (StatusException e) {
            throw new ClauseFailedException("a Delete that is served after Close", Session.words(e));
        }
        if (StoreCalls.isThere(Repositories.other(bench), LOCK, mac)) {
            throw new ClauseFailedException("nothing after Delete", "the object is still there");
        }
    }

    private static void survivesResetOfGet(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        byte[] content = StoreMessages.content(8 * MIB);
        StoreCalls.put(session, PACKFILE, mac, content);
        try (Call call = StoreCalls.beginGet(session, PACKFILE, mac)) {
            call.receive();
            call.cancel();
        }
        StoreCalls.assertContent("in a second Get", content, StoreCalls.get(session, PACKFILE, mac));
    }

    private static void outlivesTheProcess(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        byte[] content = StoreMessages.content(100_000);
        StoreCalls.put(session, PACKFILE, mac, content);
        session.close();
        try {
            StoreCalls.assertContent("from the next process", content,
                    StoreCalls.get(Repositories.other(bench), PACKFILE, mac));
        } catch (StatusException e) {
            throw new ClauseFailedException("the object in the next process", Session.words(e));
        }
    }
}
