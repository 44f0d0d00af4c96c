package dev.kloset.testkit;

import static dev.kloset.testkit.Clause.S01;
import static dev.kloset.testkit.Clause.S02;
import static dev.kloset.testkit.Clause.S03;
import static dev.kloset.testkit.Clause.S04;
import static dev.kloset.testkit.Clause.S05;
import static dev.kloset.testkit.Clause.S22;

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

    private static void opensNothing(Bench bench) throws Exception {
        if (!bench.ground.hasFreshPlaces() && bench.ground.isCreated()) {
            throw new NotApplicableException("the one location for all checks has a repository by now");
        }
        Session session = bench.open();
        session.refused("Open", ByteBuffer.allocate(0), "a refusal to open what was never created");
    }

    private static void keepsTheConfiguration(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        for (Session each : new Session[]{ session, session, Repositories.other(bench) }) {
            byte[] config = each.unary("Open").bytes(1);
            StoreCalls.assertContent("from Open", Repositories.CONFIG, config);
        }
    }

    private static void createsOnce(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        session.refused("Create", new Message().bytes(1, new byte[]{ 1, 2, 3 }).encode(),
                "a refusal to create a second repository");
        Session other = Repositories.other(bench);
        try {
            other.unary("Create", new Message().bytes(1, new byte[]{ 4, 5, 6 }).encode());
        } catch (StatusException e) {
            StoreCalls.assertContent("from Open, as before", Repositories.CONFIG, other.unary("Open").bytes(1));
            return;
        }
        throw new ClauseFailedException("a refusal to create a second repository from another process",
                "Create was answered with OK");
    }

    private static void canReadAndWrite(Bench bench) throws Exception {
        Session session = Repositories.ready(bench);
        long mode = session.unary("Mode").number(1);
        if ((mode & READ_AND_WRITE) != READ_AND_WRITE) {
            throw new ClauseFailedException("a mode with the bits 2 and 4", "the mode " + mode);
        }
        ModePace.measure(session).ifPresent(bench::note);
    }

    private static void saysItsSize(Bench bench) throws Exception {
        long size = Repositories.ready(bench).unary("Size").number(1);
        if (size < -1) {
            throw new ClauseFailedException("a size of -1 or more", "the size " + size);
        }
    }

    private static void isNotMistaken(Bench bench) throws Exception {
        String type = bench.start().init().type();
        if (Set.of("fs", "ptar").contains(type)) {
            throw new ClauseFailedException("a type other than fs and ptar", "the type " + type);
        }
    }
}
