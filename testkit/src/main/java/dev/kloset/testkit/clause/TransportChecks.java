package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.T01;
import static dev.kloset.testkit.contract.Clause.T02;
import static dev.kloset.testkit.contract.Clause.T03;
import static dev.kloset.testkit.contract.Clause.T04;
import static dev.kloset.testkit.contract.Clause.T05;
import static dev.kloset.testkit.contract.Clause.T06;
import static dev.kloset.testkit.contract.Clause.T07;
import static dev.kloset.testkit.contract.Clause.T08;
import static dev.kloset.testkit.contract.Clause.T09;
import static dev.kloset.testkit.contract.Clause.T10;
import static dev.kloset.testkit.contract.Clause.T11;
import static dev.kloset.testkit.contract.Clause.T12;
import static dev.kloset.testkit.contract.Clause.T13;
import static dev.kloset.testkit.contract.Clause.T14;
import static dev.kloset.testkit.contract.Clause.T15;

import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.Call;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.FrameWatch;
import dev.kloset.testkit.connection.Identity;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.RawConnection;
import dev.kloset.testkit.connection.RawMessage;
import dev.kloset.testkit.connection.StreamingCall;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.subject.Peer;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The clauses of family T. */
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

    /** The type of the exception says which clause a failure breaks, T01 or T03. */
    private static void speaksAtOnce(CheckContext context) throws Exception {
        try {
            context.start();
            context.evidence.saw();
        } catch (ClauseFailedException e) {
            throw new BlockedException(T01, "a SETTINGS frame", e.failure().seen());
        }
    }

    private static void keepsStandardOutputClean(CheckContext context) throws Exception {
        if (!context.runContext.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process, whose standard output is not examined");
        }
        for (FrameWatch watch : context.runContext.watches()) {
            if (watch.noise().isPresent() && !watch.isNoiseAtStart()) {
                throw new ClauseFailedException("frames of HTTP/2 only", "standard output says " + watch.noise().get());
            }
        }
        context.judgeByAnswers();
    }

    private static void judgeByMessages(CheckContext context) throws NotApplicableException {
        if (context.runContext.messagesSeen() == 0) {
            throw new NotApplicableException("no evidence: no message has come");
        }
        context.evidence.saw();
    }

    private static void answersPing(CheckContext context) throws Exception {
        Peer peer = context.runContext.subject.start();
        try {
            byte[] answer = RawConnection.begin(peer, PING).awaitPong(context.hungAfter());
            if (!Arrays.equals(answer, PING)) {
                throw new ClauseFailedException("PING " + HexFormat.of().formatHex(PING) + " with the flag ACK",
                        answer.length == 0
                                ? "no answer for " + context.hungAfter().toSeconds() + " s"
                                : "PING " + HexFormat.of().formatHex(answer));
            }
            context.evidence.saw();
        } finally {
            peer.clear();
        }
    }

    private static void acknowledgesSettings(CheckContext context) throws Exception {
        Peer peer = context.runContext.subject.start();
        try {
            if (!RawConnection.begin(peer, PING).awaitSettingsAcknowledgement(context.hungAfter())) {
                throw new ClauseFailedException("SETTINGS with the flag ACK",
                        "none for " + context.hungAfter().toSeconds() + " s");
            }
            context.evidence.saw();
        } finally {
            peer.clear();
        }
    }

    private static void neverGoesAway(CheckContext context) throws Exception {
        if (context.runContext.watches().stream().anyMatch(FrameWatch::sawGoAway)) {
            throw new ClauseFailedException("no GOAWAY while the host is there", "a GOAWAY frame");
        }
        context.judgeByAnswers();
    }

    private static void keepsToTinyWindows(CheckContext context) throws Exception {
        PluginConnection narrow = context.start(GrpcLimits.builder().initialStreamWindow(1).maxStreamWindow(1).build());
        Identity small = narrow.init();
        Identity large = context.start().init();
        if (!small.equals(large)) {
            throw new ClauseFailedException("the same answer as over large windows: " + large.words(), small.words());
        }
    }

    private static void sendsMessages(CheckContext context) throws Exception {
        List<String> malformed = List.copyOf(context.runContext.malformed());
        if (!malformed.isEmpty()) {
            throw new ClauseFailedException("protobuf messages", malformed.getFirst());
        }
        judgeByMessages(context);
    }

    private static void knowsWhatItDoesNotKnow(CheckContext context) throws Exception {
        PluginConnection connection = context.start();
        StatusException refusal = connection.refused("NoSuchMethodOfKlosetCheck", ByteBuffer.allocate(0),
                "the status UNIMPLEMENTED");
        if (refusal.status().code() != StatusCode.UNIMPLEMENTED) {
            throw new ClauseFailedException("the status UNIMPLEMENTED", PluginConnection.words(refusal));
        }
    }

    private static void skipsUnknownFields(CheckContext context) throws Exception {
        PluginConnection connection = context.start();
        try {
            connection.unary("Init", RawMessage.withUnknownFields(connection.initRequest(context.config())));
        } catch (StatusException e) {
            throw new ClauseFailedException("the answer that Init gives without these fields",
                    PluginConnection.words(e));
        }
    }

    private static void saysWhy(CheckContext context) throws Exception {
        if (context.runContext.failuresSeen() == 0) {
            throw new NotApplicableException("no call has failed");
        }
        context.evidence.saw();
        if (!context.runContext.silentFailures().isEmpty()) {
            throw new ClauseFailedException("a message in the status of every call that fails",
                    "none from " + String.join(", ", context.runContext.silentFailures().stream().sorted().toList()));
        }
    }

    private static void staysSmall(CheckContext context) throws Exception {
        if (context.runContext.largestMessage() > MAX_MESSAGE) {
            throw new ClauseFailedException("at most " + MAX_MESSAGE + " bytes",
                    context.runContext.largestMessage() + " bytes from " + context.runContext.largestOf());
        }
        judgeByMessages(context);
    }

    private static void takesManyCalls(CheckContext context) throws Exception {
        OptionalLong limit = context.start().watch.maxStreams();
        context.evidence.saw(); // SETTINGS
        if (limit.isPresent() && limit.getAsLong() < MIN_STREAMS) {
            throw new ClauseFailedException("no limit on concurrent streams, or one of " + MIN_STREAMS + " or more",
                    "a limit of " + limit.getAsLong());
        }
        if (limit.isPresent() && limit.getAsLong() < GOOD_STREAMS) {
            context.note("allows " + limit.getAsLong() + " calls at once; " + GOOD_STREAMS + " would be safer");
        }
    }

    private static void survivesReset(CheckContext context) throws Exception {
        PluginConnection connection = StreamingCall.ready(context);
        try (Call call = StreamingCall.begin(connection)) {
            call.cancel();
        }
        connection.assertAlive("a call that was reset at its beginning");
        try (Call call = StreamingCall.begin(connection)) {
            StreamingCall.advance(connection, call);
            call.cancel();
        }
        connection.assertAlive("a call that was reset in its middle");
    }
}
