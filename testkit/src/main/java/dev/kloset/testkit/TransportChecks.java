package dev.kloset.testkit;

import static dev.kloset.testkit.Clause.T01;
import static dev.kloset.testkit.Clause.T02;
import static dev.kloset.testkit.Clause.T03;
import static dev.kloset.testkit.Clause.T04;
import static dev.kloset.testkit.Clause.T05;
import static dev.kloset.testkit.Clause.T06;
import static dev.kloset.testkit.Clause.T07;
import static dev.kloset.testkit.Clause.T08;
import static dev.kloset.testkit.Clause.T09;
import static dev.kloset.testkit.Clause.T10;
import static dev.kloset.testkit.Clause.T11;
import static dev.kloset.testkit.Clause.T12;
import static dev.kloset.testkit.Clause.T13;
import static dev.kloset.testkit.Clause.T14;
import static dev.kloset.testkit.Clause.T15;

import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Family T. */
final class TransportChecks {

    private static final byte[] PING = { 2, 4, 16, 16, 9, 14, 7, 7 };
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;
    private static final int MIN_STREAMS = 100;
    private static final int GOOD_STREAMS = 1000;

    private TransportChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(T01, TransportChecks::speaksAtOnce);
        checks.put(T02, TransportChecks::keepsStandardOutputClean);
        checks.put(T03, TransportChecks::speaksAtOnce);
        checks.put(T04, TransportChecks::answersPing);
        checks.put(T05, TransportChecks::acknowledgesSettings);
        checks.put(T06, TransportChecks::neverGoesAway);
        checks.put(T07, TransportChecks::keepsToTinyWindows);
        checks.put(T08, TransportChecks::sendsMessages);
        checks.put(T09, TransportChecks::knowsWhatItDoesNotKnow);
        checks.put(T10, TransportChecks::skipsUnknownFields);
        checks.put(T11, TransportChecks::saysWhy);
        checks.put(T12, TransportChecks::staysSmall);
        checks.put(T13, TransportChecks::takesManyCalls);
        checks.put(T14, TransportChecks::survivesReset);
        checks.put(T15, new UnreadStream());
    }

    /** Whose fault a failure is, T01's or T03's, is said by what is thrown. */
    private static void speaksAtOnce(Bench bench) throws Exception {
        try {
            bench.start();
            bench.evidence.saw();
        } catch (ClauseFailedException e) {
            throw new BlockedException(T01, "a SETTINGS frame", e.failure().seen());
        }
    }

    private static void keepsStandardOutputClean(Bench bench) throws Exception {
        if (!bench.ground.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process, whose standard output is not looked at");
        }
        for (FrameWatch watch : bench.ground.watches()) {
            if (watch.noise().isPresent() && !watch.isNoiseAtStart()) {
                throw new ClauseFailedException("frames of HTTP/2 only", "standard output says " + watch.noise().get());
            }
        }
        bench.judgeByAnswers();
    }

    private static void judgeByMessages(Bench bench) throws NotApplicableException {
        if (bench.ground.messagesSeen() == 0) {
            throw new NotApplicableException("no evidence: no message has come");
        }
        bench.evidence.saw();
    }

    private static void answersPing(Bench bench) throws Exception {
        Peer peer = bench.ground.subject.start();
        try {
            byte[] answer = RawConnection.begin(peer, PING).awaitPong(bench.hungAfter());
            if (!Arrays.equals(answer, PING)) {
                throw new ClauseFailedException("PING " + HexFormat.of().formatHex(PING) + " with the flag ACK",
                        answer.length == 0
                                ? "no answer for " + bench.hungAfter().toSeconds() + " s"
                                : "PING " + HexFormat.of().formatHex(answer));
            }
            bench.evidence.saw();
        } finally {
            peer.clear();
        }
    }

    private static void acknowledgesSettings(Bench bench) throws Exception {
        Peer peer = bench.ground.subject.start();
        try {
            if (!RawConnection.begin(peer, PING).awaitSettingsAcknowledgement(bench.hungAfter())) {
                throw new ClauseFailedException("SETTINGS with the flag ACK",
                        "none for " + bench.hungAfter().toSeconds() + " s");
            }
            bench.evidence.saw();
        } finally {
            peer.clear();
        }
    }

    private static void neverGoesAway(Bench bench) throws Exception {
        if (bench.ground.watches().stream().anyMatch(FrameWatch::sawGoAway)) {
            throw new ClauseFailedException("no GOAWAY while the host is there", "a GOAWAY frame");
        }
        bench.judgeByAnswers();
    }

    private static void keepsToTinyWindows(Bench bench) throws Exception {
        Session narrow = bench.start(GrpcLimits.builder().initialStreamWindow(1).maxStreamWindow(1).build());
        Identity small = narrow.init();
        Identity large = bench.start().init();
        if (!small.equals(large)) {
            throw new ClauseFailedException("the same answer as over large windows: " + large.words(), small.words());
        }
    }

    private static void sendsMessages(Bench bench) throws Exception {
        List<String> malformed = List.copyOf(bench.ground.malformed());
        if (!malformed.isEmpty()) {
            throw new ClauseFailedException("protobuf messages", malformed.getFirst());
        }
        judgeByMessages(bench);
    }

    private static void knowsWhatItDoesNotKnow(Bench bench) throws Exception {
        Session session = bench.start();
        StatusException refusal = session.refused("NoSuchMethodOfKlosetCheck", ByteBuffer.allocate(0),
                "the status UNIMPLEMENTED");
        if (refusal.status().code() != StatusCode.UNIMPLEMENTED) {
            throw new ClauseFailedException("the status UNIMPLEMENTED", Session.words(refusal));
        }
    }

    private static void skipsUnknownFields(Bench bench) throws Exception {
        Session session = bench.start();
        try {
            session.unary("Init", Fields.withUnknownFields(session.initRequest(bench.config())));
        } catch (StatusException e) {
            throw new ClauseFailedException("the answer that Init gives without these fields", Session.words(e));
        }
    }

    private static void saysWhy(Bench bench) throws Exception {
        if (bench.ground.failuresSeen() == 0) {
            throw new NotApplicableException("no call has failed");
        }
        bench.evidence.saw();
        if (!bench.ground.silentFailures().isEmpty()) {
            throw new ClauseFailedException("a message in the status of every call that fails",
                    "none from " + String.join(", ", bench.ground.silentFailures().stream().sorted().toList()));
        }
    }

    private static void staysSmall(Bench bench) throws Exception {
        if (bench.ground.largestMessage() > MAX_MESSAGE) {
            throw new ClauseFailedException("at most " + MAX_MESSAGE + " bytes",
                    bench.ground.largestMessage() + " bytes from " + bench.ground.largestOf());
        }
        judgeByMessages(bench);
    }

    private static void takesManyCalls(Bench bench) throws Exception {
        OptionalLong limit = bench.start().watch.maxStreams();
        bench.evidence.saw(); // SETTINGS
        if (limit.isPresent() && limit.getAsLong() < MIN_STREAMS) {
            throw new ClauseFailedException("no limit on concurrent streams, or one of " + MIN_STREAMS + " or more",
                    "a limit of " + limit.getAsLong());
        }
        if (limit.isPresent() && limit.getAsLong() < GOOD_STREAMS) {
            bench.note("allows " + limit.getAsLong() + " calls at once; " + GOOD_STREAMS + " would be safer");
        }
    }

    private static void survivesReset(Bench bench) throws Exception {
        Session session = StreamingCall.ready(bench);
        try (Call call = StreamingCall.begin(session)) {
            call.cancel();
        }
        session.assertAlive("a call that was reset at its beginning");
        try (Call call = StreamingCall.begin(session)) {
            StreamingCall.advance(session, call);
            call.cancel();
        }
        session.assertAlive("a call that was reset in its middle");
    }
}
