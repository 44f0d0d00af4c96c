package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.S01;
import static dev.kloset.testkit.contract.Clause.S02;
import static dev.kloset.testkit.contract.Clause.S03;
import static dev.kloset.testkit.contract.Clause.S04;
import static dev.kloset.testkit.contract.Clause.S05;
import static dev.kloset.testkit.contract.Clause.S22;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.RawMessageBuilder;
import dev.kloset.testkit.connection.Repositories;
import dev.kloset.testkit.connection.StoreCalls;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/** The clauses of family S about a repository as a whole. */
final class StoreRepositoryChecks {

    private static final int READ_AND_WRITE = 6;

    private StoreRepositoryChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(S01, StoreRepositoryChecks::opensNothing);
        checks.put(S02, StoreRepositoryChecks::keepsTheConfiguration);
        checks.put(S03, StoreRepositoryChecks::createsOnce);
        checks.put(S04, StoreRepositoryChecks::canReadAndWrite);
        checks.put(S05, StoreRepositoryChecks::saysItsSize);
        checks.put(S22, StoreRepositoryChecks::isNotMistaken);
    }

    private static void opensNothing(CheckContext context) throws Exception {
        if (!context.runContext.hasFreshPlaces() && context.runContext.isCreated()) {
            throw new NotApplicableException("the one location for all checks has a repository by now");
        }
        PluginConnection connection = context.open();
        connection.refused("Open", ByteBuffer.allocate(0), "a refusal to open what was never created");
    }

    private static void keepsTheConfiguration(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        for (PluginConnection each : new PluginConnection[]{ connection, connection, Repositories.other(context) }) {
            byte[] config = each.unary("Open").bytes(1);
            StoreCalls.assertContent("from Open", Repositories.CONFIG, config);
        }
    }

    private static void createsOnce(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        connection.refused("Create", new RawMessageBuilder().bytes(1, new byte[]{ 1, 2, 3 }).encode(),
                "a refusal to create a second repository");
        PluginConnection other = Repositories.other(context);
        try {
            other.unary("Create", new RawMessageBuilder().bytes(1, new byte[]{ 4, 5, 6 }).encode());
        } catch (StatusException e) {
            StoreCalls.assertContent("from Open, as before", Repositories.CONFIG, other.unary("Open").bytes(1));
            return;
        }
        throw new ClauseFailedException("a refusal to create a second repository from another process",
                "Create was answered with OK");
    }

    private static void canReadAndWrite(CheckContext context) throws Exception {
        PluginConnection connection = Repositories.ready(context);
        long mode = connection.unary("Mode").number(1);
        if ((mode & READ_AND_WRITE) != READ_AND_WRITE) {
            throw new ClauseFailedException("a mode with the bits 2 and 4", "the mode " + mode);
        }
        ModePace.measure(connection).ifPresent(context::note);
    }

    private static void saysItsSize(CheckContext context) throws Exception {
        long size = Repositories.ready(context).unary("Size").number(1);
        if (size < -1) {
            throw new ClauseFailedException("a size of -1 or more", "the size " + size);
        }
    }

    private static void isNotMistaken(CheckContext context) throws Exception {
        String type = context.start().init().type();
        if (Set.of("fs", "ptar").contains(type)) {
            throw new ClauseFailedException("a type other than fs and ptar", "the type " + type);
        }
    }
}
