package dev.kloset.testkit;

import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;

/** The streaming call with which a connector of each kind does its work, for checks that need one that is under way. */
final class StreamingCall {

    private StreamingCall() {}

    /** {@return a process that is ready for it} */
    static Session ready(Bench bench) throws Exception {
        return switch (bench.kind()) {
            case IMPORTER, EXPORTER -> bench.open();
            case STORAGE -> Repositories.ready(bench);
        };
    }

    static Call begin(Session session) throws Exception {
        return session.call(switch (session.bench.kind()) {
            case IMPORTER -> "Import";
            case EXPORTER -> "Export";
            case STORAGE -> "Put";
        });
    }

    /** Bring the call to where the plugin has begun to work and is not done. */
    static void advance(Session session, Call call) throws Exception {
        switch (session.bench.kind()) {
            case IMPORTER -> receiveOne(call);
            case EXPORTER -> {
                call.send(ExportMessages.directory("/", "source").encode());
                session.assertAlive("the first record"); // by now the call has begun
                assertUnderWay(call, ExportMessages.directory("/second", "second").encode());
            }
            case STORAGE -> {
                call.send(StoreMessages.putFirst(StoreMessages.PACKFILE, StoreMessages.mac(session.bench)));
                call.send(StoreMessages.chunk(new byte[256 * 1024]));
                session.assertAlive("the first bytes");
                assertUnderWay(call, StoreMessages.chunk(new byte[1]));
            }
        }
    }

    /** The plugin has answered another call by now; if this one had failed, nothing would be taken for it any more. */
    private static void assertUnderWay(Call call, ByteBuffer next) throws Exception {
        if (!call.send(next)) {
            throw new NotApplicableException("the call had ended before it could be interrupted");
        }
        call.isAnswered();
    }

    /** A source that refuses to be read twice in one process has its reasons. */
    private static void receiveOne(Call call) throws Exception {
        try {
            call.receive();
        } catch (StatusException e) {
            // An answer as well: there is nothing to advance.
        }
    }
}
