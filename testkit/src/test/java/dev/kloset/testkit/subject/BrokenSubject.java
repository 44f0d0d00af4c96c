package dev.kloset.testkit.subject;

import dev.kloset.testkit.connection.BrokenPlugin;
import dev.kloset.testkit.contract.Fault;
import dev.kloset.wire.grpc.GrpcServer;

/** A broken plugin in this process. */
public record BrokenSubject(Fault fault) implements Subject {

    @Override
    public String name() {
        return fault.name();
    }

    @Override
    public boolean isProcess() {
        return false;
    }

    @Override
    public Peer start() {
        return new InProcessPeer(PipeProfile.ORDINARY, (in, out) -> {
            GrpcServer server = BrokenPlugin.serve(fault, in, out);
            Thread life = Thread.ofVirtual().start(() -> live(server));
            return new InProcessPeer.Served(life::join, server::close);
        });
    }

    private static void live(GrpcServer server) {
        try {
            server.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
