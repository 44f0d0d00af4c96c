package dev.kloset.testkit.clause;

import static dev.kloset.testkit.connection.StoreMessages.LOCK;
import static dev.kloset.testkit.connection.StoreMessages.PACKFILE;
import static dev.kloset.testkit.connection.StoreMessages.STATE;
import static dev.kloset.testkit.contract.Clause.S06;
import static dev.kloset.testkit.contract.Clause.S07;
import static dev.kloset.testkit.contract.Clause.S08;
import static dev.kloset.testkit.contract.Clause.S09;
import static dev.kloset.testkit.contract.Clause.S12;
import static dev.kloset.testkit.contract.Clause.S13;
import static dev.kloset.testkit.contract.Clause.S14;
import static dev.kloset.testkit.contract.Clause.S15;
import static dev.kloset.testkit.contract.Clause.S23;

import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.Call;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.Repositories;
import dev.kloset.testkit.connection.StoreCalls;
import dev.kloset.testkit.connection.StoreMessages;
import dev.kloset.testkit.contract.Clause;
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

    private static void givesBack(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        for (int size : new int[]{ 1, 1000, 65_536, MIB - 1, MIB, MIB + 1, 9 * MIB }) {
            byte[] mac = StoreMessages.mac(context);
            byte[] content = StoreMessages.content(size);
            long stored = StoreCalls.put(connection, PACKFILE, mac, content, size < 2000 ? 1 : MIB);
            if (stored < 0) {
                throw new ClauseFailedException("a number of stored bytes that is not negative", "" + stored);
            }
            StoreCalls.assertContent("from Get", content, StoreCalls.get(connection, PACKFILE, mac));
        }
    }

    private static void listsAll(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[][] macs = new byte[20][];
        for (int i = 0; i < macs.length; i++) {
            macs[i] = StoreMessages.mac(context);
            StoreCalls.put(connection, STATE, macs[i], new byte[]{ 1, 2, 3 });
        }
        List<byte[]> listed = StoreCalls.list(connection, STATE);
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

    private static void keepsKindsApart(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        for (int resource : new int[]{ PACKFILE, STATE, LOCK }) {
            StoreCalls.put(connection, resource, mac, new byte[]{ (byte) resource, 9 });
        }
        for (int resource : new int[]{ PACKFILE, STATE, LOCK }) {
            StoreCalls.assertContent("of kind " + resource, new byte[]{ (byte) resource, 9 },
                    StoreCalls.get(connection, resource, mac));
        }
        StoreCalls.delete(connection, STATE, mac);
        if (!StoreCalls.isThere(connection, PACKFILE, mac) || !StoreCalls.isThere(connection, LOCK, mac)) {
            throw new ClauseFailedException("packfile and lock after a Delete of the state with the same MAC",
                    "one of them is gone");
        }
    }

    private static void refusesOtherMacs(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        for (int length : new int[]{ 16, 33 }) {
            byte[] mac = StoreMessages.content(length);
            String expected = "a refusal of a MAC of " + length + " bytes";
            connection.refused("Delete", StoreMessages.object(PACKFILE, mac).encode(), expected);
            mustFail("Get with a MAC of " + length + " bytes", () -> StoreCalls.get(connection, PACKFILE, mac));
            try (Call call = connection.call("Put")) {
                call.send(StoreMessages.putFirst(PACKFILE, mac));
                call.send(StoreMessages.chunk(new byte[10]));
                call.halfClose();
                mustFail("Put with a MAC of " + length + " bytes", call::awaitEnd);
            }
        }
        connection.unary("Ping");
    }

    private static void mustFail(String what, CheckContext.Step<?> step) throws Exception {
        try {
            step.run();
        } catch (StatusException e) {
            return;
        }
        throw new ClauseFailedException("a refusal of " + what, "OK");
    }

    private static void replaces(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        for (int size : new int[]{ 1000, 5000, 100 }) {
            byte[] content = StoreMessages.content(size);
            try {
                StoreCalls.put(connection, LOCK, mac, content);
            } catch (BlockedException e) {
                throw e.failure();
            }
            StoreCalls.assertContent("from Get after another Put", content, StoreCalls.get(connection, LOCK, mac));
        }
    }

    private static void deletes(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        StoreCalls.put(connection, LOCK, mac, new byte[100]);
        StoreCalls.assertThere(connection, LOCK, mac);
        StoreCalls.delete(connection, LOCK, mac);
        if (StoreCalls.isListed(connection, LOCK, mac) || StoreCalls.isThere(connection, LOCK, mac)) {
            throw new ClauseFailedException("nothing after Delete", "the object is still there");
        }
    }

    private static void deletesTheAbsent(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        try {
            StoreCalls.delete(connection, LOCK, StoreMessages.mac(context));
        } catch (StatusException e) {
            throw new ClauseFailedException("success", PluginConnection.words(e));
        }
    }

    private static void doesNotGetTheAbsent(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        mustFail("Get of what is not there", () -> StoreCalls.get(connection, PACKFILE, mac));
        mustFail("Get of a range of what is not there", () -> StoreCalls.range(connection, PACKFILE, mac, 0, 10));
    }

    private static void drainsBeforeItFails(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        try (Call call = connection.call("Put")) {
            boolean taken = call.send(StoreMessages.putFirst(NO_RESOURCE, StoreMessages.mac(context)));
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
