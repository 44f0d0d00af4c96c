package dev.kloset.testkit.clause;

import static dev.kloset.testkit.connection.StoreMessages.PACKFILE;
import static dev.kloset.testkit.contract.Clause.S10;
import static dev.kloset.testkit.contract.Clause.S11;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.Repositories;
import dev.kloset.testkit.connection.StoreCalls;
import dev.kloset.testkit.connection.StoreMessages;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.wire.grpc.StatusException;
import java.util.Arrays;
import java.util.Map;

/** The clauses of family S about ranges. */
final class StoreRangeChecks {

    private static final int SIZE = 3 * (1 << 20) + 17;

    private StoreRangeChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(S10,
                context -> compare(context, new long[][]{ { 0, 1 }, { 0, SIZE }, { 1, SIZE - 1 }, { SIZE - 1, 1 },
                    { 16, 100_000 }, { 65_535, 2 }, { (1 << 20) - 1, 2 }, { 1 << 20, 1 << 20 }, { 7, 2 << 20 } }));
        checks.put(S11, context -> compare(context, new long[][]{ { 0, SIZE + 1 }, { SIZE - 5, 100 }, { SIZE, 1 },
            { SIZE + 1000, 10 }, { SIZE - 1, 0xFFFF_FFFFL } }));
    }

    private static void compare(CheckContext context, long[][] ranges) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = StoreMessages.mac(context);
        byte[] content = StoreMessages.content(SIZE);
        StoreCalls.put(connection, PACKFILE, mac, content);
        for (long[] range : ranges) {
            int from = (int) Math.min(SIZE, range[0]);
            int to = (int) Math.min(SIZE, range[0] + range[1]);
            String what = "at " + range[0] + ", " + range[1] + " asked for, of an object of " + SIZE;
            try {
                StoreCalls.assertContent(what, Arrays.copyOfRange(content, from, to),
                        StoreCalls.range(connection, PACKFILE, mac, range[0], range[1]));
            } catch (StatusException e) {
                throw new ClauseFailedException(to - from + " bytes " + what, PluginConnection.words(e));
            }
        }
    }
}
