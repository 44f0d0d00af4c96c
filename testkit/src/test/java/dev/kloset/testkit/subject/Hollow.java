package dev.kloset.testkit.subject;

import static dev.kloset.testkit.contract.Clause.I01;
import static dev.kloset.testkit.contract.Clause.I02;
import static dev.kloset.testkit.contract.Clause.I24;
import static dev.kloset.testkit.contract.Clause.I25;
import static dev.kloset.testkit.contract.Clause.L01;
import static dev.kloset.testkit.contract.Clause.L02;
import static dev.kloset.testkit.contract.Clause.L04;
import static dev.kloset.testkit.contract.Clause.L06;
import static dev.kloset.testkit.contract.Clause.L07;
import static dev.kloset.testkit.contract.Clause.L08;
import static dev.kloset.testkit.contract.Clause.L09;
import static dev.kloset.testkit.contract.Clause.L14;
import static dev.kloset.testkit.contract.Clause.L16;
import static dev.kloset.testkit.contract.Clause.S01;
import static dev.kloset.testkit.contract.Clause.S05;
import static dev.kloset.testkit.contract.Clause.S14;
import static dev.kloset.testkit.contract.Clause.S22;
import static dev.kloset.testkit.contract.Clause.T01;
import static dev.kloset.testkit.contract.Clause.T03;
import static dev.kloset.testkit.contract.Clause.T04;
import static dev.kloset.testkit.contract.Clause.T05;
import static dev.kloset.testkit.contract.Clause.T07;
import static dev.kloset.testkit.contract.Clause.T09;
import static dev.kloset.testkit.contract.Clause.T10;
import static dev.kloset.testkit.contract.Clause.T13;
import static dev.kloset.testkit.contract.Clause.T14;

import dev.kloset.testkit.connection.RawMessageBuilder;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.Shown;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A plugin with a good transport but no connector behind it. */
public enum Hollow implements Subject, Shown {
    REFUSES_EVERYTHING(T09, L14, L16),
    SAYS_OK_TO_EVERYTHING(T07, T10, T14, L04, L06, L07, L08, L09, I01, I24, I25, S05, S14, S22),
    ANSWERS_INIT_AND_REFUSES(T07, T09, T10, T14, L01, L02, L04, I01, I02, S01, S22),
    ANSWERS_INIT_AND_SAYS_OK(T07, T10, T14, L01, L04, L06, L07, L08, L09, I01, I02, I24, I25, S05, S14, S22),
    ANSWERS_INIT_AND_HANGS(T07, T10, L01, L04, I01, I02, S22),
    ANSWERS_INIT_AND_GOES(T07, T10, L01, L04, I01, I02, S22);

    /** The clauses that a transport shows by itself. */
    private static final Set<Clause> TRANSPORT = Set.of(T01, T03, T04, T05, T13);

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<Clause> shown = EnumSet.noneOf(Clause.class);

    Hollow(Clause... shown) {
        this.shown.addAll(List.of(shown));
    }

    @Override
    public boolean shows(Clause clause) {
        return TRANSPORT.contains(clause) || shown.contains(clause);
    }

    @Override
    public boolean isProcess() {
        return false;
    }

    @Override
    public Peer start() {
        return new InProcessPeer(PipeProfile.ORDINARY, (in, out) -> {
            GrpcServer server = GrpcServer.start(in, out, path -> handler(path, out), GrpcLimits.defaults());
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

    private CallHandler handler(String path, OutputStream out) {
        boolean init = path.endsWith("/Init");
        return switch (this) {
            case REFUSES_EVERYTHING -> Hollow::refuse;
            case SAYS_OK_TO_EVERYTHING -> Hollow::sayOk;
            case ANSWERS_INIT_AND_REFUSES -> init ? Hollow::introduce : Hollow::refuse;
            case ANSWERS_INIT_AND_SAYS_OK -> init ? Hollow::introduce : Hollow::sayOk;
            case ANSWERS_INIT_AND_HANGS -> init ? Hollow::introduce : call -> new CountDownLatch(1).await();
            case ANSWERS_INIT_AND_GOES -> init ? Hollow::introduce : call -> out.close();
        };
    }

    private static void refuse(ServerCall call) throws StatusException {
        throw new StatusException(StatusCode.UNIMPLEMENTED, "there is nothing behind this");
    }

    private static void sayOk(ServerCall call) throws Exception {
        call.send(new RawMessageBuilder().encode());
    }

    private static void introduce(ServerCall call) throws Exception {
        call.receive();
        call.send(new RawMessageBuilder().text(1, "here").text(2, "hollow").text(3, "/").encode());
    }
}
