package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.L01;
import static dev.kloset.testkit.contract.Clause.L02;
import static dev.kloset.testkit.contract.Clause.L03;
import static dev.kloset.testkit.contract.Clause.L04;
import static dev.kloset.testkit.contract.Clause.L05;
import static dev.kloset.testkit.contract.Clause.L06;
import static dev.kloset.testkit.contract.Clause.L07;
import static dev.kloset.testkit.contract.Clause.L08;
import static dev.kloset.testkit.contract.Clause.L09;
import static dev.kloset.testkit.contract.Clause.L10;
import static dev.kloset.testkit.contract.Clause.L11;
import static dev.kloset.testkit.contract.Clause.L12;
import static dev.kloset.testkit.contract.Clause.L13;
import static dev.kloset.testkit.contract.Clause.L14;
import static dev.kloset.testkit.contract.Clause.L15;
import static dev.kloset.testkit.contract.Clause.L16;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.connection.Call;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.Identity;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.RawMessage;
import dev.kloset.testkit.connection.RawMessageBuilder;
import dev.kloset.testkit.connection.StreamingCall;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.subject.StandardOutputHolders;
import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The clauses of family L. */
final class LifeChecks {

    private static final String SECRET = "kloset-check-secret-8c1f";

    private LifeChecks() {}

    static void addTo(Map<Clause, Check> checks, Kind kind) {
        checks.put(L01, LifeChecks::introducesItself);
        checks.put(L02, LifeChecks::refusesCallsBeforeInit);
        checks.put(L03, LifeChecks::refusesASecondInit);
        if (L04.concerns(kind)) {
            checks.put(L04, LifeChecks::needsNoOptions);
        }
        checks.put(L05, LifeChecks::missesTheLocation);
        checks.put(L06, LifeChecks::answersPing);
        checks.put(L07, LifeChecks::answersClose);
        checks.put(L08, context -> afterClose(context, "Ping", "a Ping after Close"));
        checks.put(L09, context -> afterClose(context, "Close", "a second Close"));
        checks.put(L10, LifeChecks::endsWhenIdle);
        checks.put(L11, LifeChecks::endsInTheMiddle);
        checks.put(L12, LifeChecks::leavesNoChildren);
        checks.put(L13, LifeChecks::survivesNonsense);
        checks.put(L14, LifeChecks::keepsSecrets);
        checks.put(L15, LifeChecks::keepsStandardOutputToItself);
        checks.put(L16, PasswordChecks::shownNowhere);
    }

    private static void introducesItself(CheckContext context) throws Exception {
        Identity identity = context.start().init();
        if (identity.type().isEmpty() || identity.origin().isEmpty() || identity.root().isEmpty()) {
            throw new ClauseFailedException("a type, an origin and a root", identity.words());
        }
    }

    private static void refusesCallsBeforeInit(CheckContext context) throws Exception {
        PluginConnection connection = context.start();
        connection.refused("Ping", ByteBuffer.allocate(0), "a refusal of Ping before Init");
        String method = context.kind() == Kind.STORAGE ? "Mode" : "Close";
        try {
            connection.unary(method); // Close may succeed: there is nothing to close
        } catch (StatusException e) {
            // A careful plugin refuses.
        }
        connection.unary("Init", connection.initRequest(context.config()));
    }

    private static void refusesASecondInit(CheckContext context) throws Exception {
        PluginConnection connection = StreamingCall.ready(context);
        connection.refused("Init", connection.initRequest(context.config()), "a refusal of the second Init");
        connection.unary("Ping");
    }

    private static void needsNoOptions(CheckContext context) throws Exception {
        PluginConnection connection = context.start();
        RawMessage whole = RawMessage.parse(connection.initRequest(context.config()));
        RawMessageBuilder without = new RawMessageBuilder().text(2, whole.text(2));
        whole.all(3).forEach(entry -> without.bytes(3, entry));
        connection.unary("Init", without.encode());
    }

    private static void missesTheLocation(CheckContext context) throws Exception {
        PluginConnection connection = context.start();
        connection.refused("Init", initWithout(connection, context, Map.of()), "a refusal of an empty configuration");
        // There is no connector, so the plugin refuses most calls; but the host may repeat Init.
        connection.unary("Init", connection.initRequest(context.config()));
    }

    /** {@return a request for the usual protocol with a different configuration} */
    private static ByteBuffer initWithout(PluginConnection connection, CheckContext context, Map<String, String> config)
            throws Exception {
        RawMessage usual = RawMessage.parse(connection.initRequest(context.config()));
        boolean store = context.kind() == Kind.STORAGE;
        RawMessageBuilder request = new RawMessageBuilder();
        if (!store) {
            request.bytes(1, usual.bytes(1));
        }
        request.text(store ? 1 : 2, usual.text(store ? 1 : 2));
        config.forEach(
                (key, value) -> request.message(store ? 2 : 3, new RawMessageBuilder().text(1, key).text(2, value)));
        return request.encode();
    }

    private static void answersPing(CheckContext context) throws Exception {
        StreamingCall.ready(context).unary("Ping");
    }

    private static void answersClose(CheckContext context) throws Exception {
        context.open().unary("Close");
    }

    private static void afterClose(CheckContext context, String method, String what) throws Exception {
        if (context.runContext.isBroken(L07)) {
            throw new NotApplicableException("L07 is broken: Close is not answered");
        }
        PluginConnection connection = context.open();
        CheckContext.needs(L07, () -> connection.unary("Close"));
        try {
            connection.unary(method);
        } catch (StatusException e) {
            context.note(what + " is answered with " + e.status().code());
        }
    }

    private static void endsWhenIdle(CheckContext context) throws Exception {
        assertEnds(context.open(), "an idle process");
    }

    private static void endsInTheMiddle(CheckContext context) throws Exception {
        PluginConnection connection = StreamingCall.ready(context);
        try (Call call = StreamingCall.begin(connection)) {
            StreamingCall.advance(connection, call);
            assertEnds(connection, "a process in the middle of a call");
        }
    }

    private static void assertEnds(PluginConnection connection, String what) throws Exception {
        if (!connection.context.runContext.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process, which does not end with it");
        }
        try {
            connection.assertAlive("its last call");
        } catch (ClauseFailedException e) {
            throw new NotApplicableException("the process did not live until then: " + e.failure().seen());
        }
        long start = System.nanoTime();
        connection.closeInput();
        if (!connection.awaitEnd()) {
            boolean late = connection.peer.awaitEnd(connection.context.hungAfter());
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            throw new ClauseFailedException(
                    what + " ends within " + connection.context.runContext.settings.endsWithin().toSeconds()
                            + " s after the end of its standard input",
                    late
                            ? "it ended, but slowly, after " + seconds + " s"
                            : "it was still there after " + seconds + " s");
        }
    }

    private static void leavesNoChildren(CheckContext context) throws Exception {
        if (!context.runContext.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process");
        }
        if (!context.runContext.orphans().isEmpty()) {
            throw new ClauseFailedException("no process left when the plugin has ended",
                    String.join(", ", context.runContext.orphans()));
        }
        if (context.runContext.endsWatched() == 0) {
            throw new NotApplicableException("no evidence: no process that had answered a call has ended by itself");
        }
        context.evidence.saw();
    }

    private static void keepsStandardOutputToItself(CheckContext context) throws Exception {
        if (!context.runContext.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process");
        }
        if (!StandardOutputHolders.canBeSeen()) {
            throw new NotApplicableException("this system does not show the descriptors of processes");
        }
        if (!context.runContext.holders().isEmpty()) {
            throw new ClauseFailedException("no child that has the plugin's standard output",
                    String.join(", ", context.runContext.holders()));
        }
        if (context.runContext.childrenWatched() == 0) {
            throw new NotApplicableException("no evidence: no process that had answered a call could be examined");
        }
        context.evidence.saw();
    }

    private static void survivesNonsense(CheckContext context) throws Exception {
        PluginConnection connection = context.start();
        connection.refused("Init", ByteBuffer.wrap(new byte[]{ 0x0A, (byte) 0xFF, (byte) 0xFF, 0x7F, 1, 2, 3 }),
                "a refusal of bytes that are no message");
        connection.unary("Init", connection.initRequest(context.config()));
    }

    private static void keepsSecrets(CheckContext context) throws Exception {
        PluginConnection connection = context.start();
        Map<String, String> config = new TreeMap<>(Map.of("password", SECRET, "secret_access_key", SECRET,
                "passphrase", SECRET));
        String said;
        try {
            connection.unary("Init", initWithout(connection, context, config));
            throw new NotApplicableException("Init without a location does not fail, so it says nothing");
        } catch (StatusException e) {
            said = e.status().message();
        } catch (ClauseFailedException e) {
            throw new NotApplicableException("Init without a location is not answered, see L05");
        }
        if (said.contains(SECRET)) {
            throw new ClauseFailedException("no value of an option in a message", said.replace(SECRET, "***"));
        }
        if (connection.peer.complaints().contains(SECRET)) {
            throw new ClauseFailedException("no value of an option on standard error", "the value is there");
        }
    }
}
