package dev.kloset.testkit;

import dev.kloset.wire.grpc.StatusException;
import java.nio.charset.StandardCharsets;

/** A repository for the checks of stores: one per check where there is room for it, otherwise one for all of them. */
final class Repositories {

    /** As long as a real one. */
    static final byte[] CONFIG = "what Create was given. ".repeat(45).getBytes(StandardCharsets.UTF_8);

    private Repositories() {}

    /** {@return a process whose repository exists} A repository that we have not made is never touched. */
    static Session ready(Bench bench) throws Exception {
        Session session = bench.open();
        if (bench.ground.hasFreshPlaces() || !bench.ground.isCreated()) {
            Bench.needs(Clause.S02, () -> create(session));
            bench.ground.created();
        } else {
            Bench.needs(Clause.S02, () -> session.unary("Open"));
        }
        return session;
    }

    private static Fields create(Session session) throws Exception {
        try {
            return session.unary("Create", new Message().bytes(1, CONFIG).encode());
        } catch (StatusException e) {
            throw new ClauseFailedException("Create at an empty location", Session.words(e));
        }
    }

    /** {@return another process with the same repository} */
    static Session other(Bench bench) throws Exception {
        Session session = bench.open();
        try {
            session.unary("Open");
        } catch (StatusException e) {
            throw new BlockedException(Clause.S02, "the bytes that Create got, from another process", Session.words(e));
        }
        return session;
    }
}
