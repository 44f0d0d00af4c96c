package dev.kloset.testkit;

import static dev.kloset.testkit.Clause.S06;
import static dev.kloset.testkit.Clause.S07;
import static dev.kloset.testkit.Clause.S08;
import static dev.kloset.testkit.Clause.S09;
import static dev.kloset.testkit.Clause.S12;
import static dev.kloset.testkit.Clause.S13;
import static dev.kloset.testkit.Clause.S14;
import static dev.kloset.testkit.Clause.S15;
import static dev.kloset.testkit.Clause.S23;
import static dev.kloset.testkit.StoreMessages.LOCK;
import static dev.kloset.testkit.StoreMessages.PACKFILE;
import static dev.kloset.testkit.StoreMessages.STATE;

import dev.kloset.wire.grpc.StatusException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The clauses of family S about single objects. */
final class StoreObjectChecks {

    private static final int MIB = 1 << 20;
    private static final int NO_RESOURCE = 77;

    private StoreObjectChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(S06, StoreObjectChecks::givesBack);
        checks.put(S07, StoreObjectChecks::listsAll);
        checks.put(S08, StoreObjectChecks::keepsKindsApart);
        checks.put(S09, StoreObjectChecks::refusesOtherMacs);
        checks.put(S12, StoreObjectChecks::replaces);
        checks.put(S13, StoreObjectChecks::deletes);
        checks.put(S14, StoreObjectChecks::deletesTheAbsent);
        checks.put(S15, StoreObjectChecks::doesNotGetTheAbsent);
        checks.put(S23, StoreObjectChecks::drainsBeforeItFails);
    }

    private static void givesBack(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        for (int size : new int[]{ 1, 1000, 65_536, MIB - 1, MIB, MIB + 1, 9 * MIB }) {
            byte[] mac = StoreMessages.mac(bench);
            byte[] content = StoreMessages.content(size);
            long stored = StoreCalls.put(session, PACKFILE, mac, content, size < 2000 ? 1 : MIB);
            if (stored < 0) {
                throw new ClauseFailedException("a number of stored bytes that is not negative", "" + stored);
            }
            StoreCalls.assertContent("from Get", content, StoreCalls.get(session, PACKFILE, mac));
        }
    }

    private static void listsAll(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[][] macs = new byte[20][];
        for (int i = 0; i < macs.length; i++) {
            macs[i] = StoreMessages.mac(bench);
            StoreCalls.put(session, STATE, macs[i], new byte[]{ 1, 2, 3 });
        }
        List<byte[]> listed = StoreCalls.list(session, STATE);
        for (byte[] mac : listed) {
            if (mac.length != StoreMessages.MAC_BYTES) {
                throw new ClauseFailedException("MACs of 32 bytes", "one of " + mac.length);
            }
        }
        for (byte[] mac : macs) {
            long times = listed.stream().filter(each -> Arrays.equals(each, mac)).count();
            if (times != 1) {
                throw new ClauseFailedException("each of 20 objects once",
                        StoreMessages.hex(mac) + " " + times + " times among " + listed.size());
            }
        }
    }

    private static void keepsKindsApart(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        for (int resource : new int[]{ PACKFILE, STATE, LOCK }) {
            StoreCalls.put(session, resource, mac, new byte[]{ (byte) resource, 9 });
        }
        for (int resource : new int[]{ PACKFILE, STATE, LOCK }) {
            StoreCalls.assertContent("of kind " + resource, new byte[]{ (byte) resource, 9 },
                    StoreCalls.get(session, resource, mac));
        }
        StoreCalls.delete(session, STATE, mac);
        if (!StoreCalls.isThere(session, PACKFILE, mac) || !StoreCalls.isThere(session, LOCK, mac)) {
            throw new ClauseFailedException("packfile and lock after a Delete of the state with the same MAC",
                    "one of them is gone");
        }
    }

    private static void refusesOtherMacs(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        for (int length : new int[]{ 16, 33 }) {
            byte[] mac = StoreMessages.content(length);
            String expected = "a refusal of a MAC of " + length + " bytes";
            session.refused("Delete", StoreMessages.object(PACKFILE, mac).encode(), expected);
            mustFail("Get with a MAC of " + length + " bytes", () -> StoreCalls.get(session, PACKFILE, mac));
            try (Call call = session.call("Put")) {
                call.send(StoreMessages.putFirst(PACKFILE, mac));
                call.send(StoreMessages.chunk(new byte[10]));
                call.halfClose();
                mustFail("Put with a MAC of " + length + " bytes", call::awaitEnd);
            }
        }
        session.unary("Ping");
    }

    private static void mustFail(String what, Bench.Step<?> step) throws Exception {
        try {
            step.run();
        } catch (StatusException e) {
            return;
        }
        throw new ClauseFailedException("a refusal of " + what, "OK");
    }

    private static void replaces(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        for (int size : new int[]{ 1000, 5000, 100 }) {
            byte[] content = StoreMessages.content(size);
            try {
                StoreCalls.put(session, LOCK, mac, content);
            } catch (BlockedException e) {
                throw e.failure();
            }
            StoreCalls.assertContent("from Get after another Put", content, StoreCalls.get(session, LOCK, mac));
        }
    }

    private static void deletes(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        StoreCalls.put(session, LOCK, mac, new byte[100]);
        StoreCalls.assertThere(session, LOCK, mac);
        StoreCalls.delete(session, LOCK, mac);
        if (StoreCalls.isListed(session, LOCK, mac) || StoreCalls.isThere(session, LOCK, mac)) {
            throw new ClauseFailedException("nothing after Delete", "the object is still there");
        }
    }

    private static void deletesTheAbsent(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        try {
            StoreCalls.delete(session, LOCK, StoreMessages.mac(bench));
        } catch (StatusException e) {
            throw new ClauseFailedException("success", Session.words(e));
        }
    }

    private static void doesNotGetTheAbsent(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        byte[] mac = StoreMessages.mac(bench);
        mustFail("Get of what is not there", () -> StoreCalls.get(session, PACKFILE, mac));
        mustFail("Get of a range of what is not there", () -> StoreCalls.range(session, PACKFILE, mac, 0, 10));
    }

    private static void drainsBeforeItFails(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        try (Call call = session.call("Put")) {
            boolean taken = call.send(StoreMessages.putFirst(NO_RESOURCE, StoreMessages.mac(bench)));
            int megabytes = 0;
            while (taken && megabytes < 4) {
                taken = call.send(StoreMessages.chunk(new byte[MIB]));
                megabytes += taken ? 1 : 0;
            }
            call.halfClose();
            String failure = "OK, although there is no such kind of object";
            try {
                call.awaitEnd();
            } catch (StatusException e) {
                failure = "";
            }
            if (!taken) {
                throw new ClauseFailedException("a failure after all 4 MiB were read",
                        "one after " + megabytes + " MiB");
            }
            if (!failure.isEmpty()) {
                throw new ClauseFailedException("a failing Put", failure);
            }
        }
    }
}
