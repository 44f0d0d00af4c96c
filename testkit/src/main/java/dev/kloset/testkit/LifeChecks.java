package dev.kloset.testkit;

import static dev.kloset.testkit.Clause.L01;
import static dev.kloset.testkit.Clause.L02;
import static dev.kloset.testkit.Clause.L03;
import static dev.kloset.testkit.Clause.L04;
import static dev.kloset.testkit.Clause.L05;
import static dev.kloset.testkit.Clause.L06;
import static dev.kloset.testkit.Clause.L07;
import static dev.kloset.testkit.Clause.L08;
import static dev.kloset.testkit.Clause.L09;
import static dev.kloset.testkit.Clause.L10;
import static dev.kloset.testkit.Clause.L11;
import static dev.kloset.testkit.Clause.L12;
import static dev.kloset.testkit.Clause.L13;
import static dev.kloset.testkit.Clause.L14;
import static dev.kloset.testkit.Clause.L15;
import static dev.kloset.testkit.Clause.L16;

import dev.kloset.Plugin.Kind;
import dev.kloset.wire.grpc.StatusException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Family L. */
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
        checks.put(L08, bench -> afterClose(bench, "Ping", "a Ping after Close"));
        checks.put(L09, bench -> afterClose(bench, "Close", "a second Close"));
        checks.put(L10, LifeChecks::endsWhenIdle);
        checks.put(L11, LifeChecks::endsInTheMiddle);
        checks.put(L12, LifeChecks::leavesNoChildren);
        checks.put(L13, LifeChecks::survivesNonsense);
        checks.put(L14, LifeChecks::keepsSecrets);
        checks.put(L15, LifeChecks::keepsStandardOutputToItself);
        checks.put(L16, PasswordChecks::shownNowhere);
    }

    private static void introducesItself(Bench bench) throws Exception {
        Identity identity = bench.start().init();
        if (identity.type().isEmpty() || identity.origin().isEmpty() || identity.root().isEmpty()) {
            throw new ClauseFailedException("a type, an origin and a root", identity.words());
        }
    }

    private static void refusesCallsBeforeInit(Bench bench) throws Exception {
        Session session = bench.start();
        session.refused("Ping", ByteBuffer.allocate(0), "a refusal of Ping before Init");
        String method = bench.kind() == Kind.STORAGE ? "Mode" : "Close";
        try {
            session.unary(method); // Close may be answered: there is nothing to close
        } catch (StatusException e) {
            // A refusal is what a careful plugin answers.
        }
        session.unary("Init", session.initRequest(bench.config()));
    }

    private static void refusesASecondInit(Bench bench) throws Exception {
        Session session = StreamingCall.ready(bench);
        session.refused("Init", session.initRequest(bench.config()), "a refusal of the second Init");
        session.unary("Ping");
    }

    private static void needsNoOptions(Bench bench) throws Exception {
        Session session = bench.start();
        Fields whole = Fields.parse(session.initRequest(bench.config()));
        Message without = new Message().text(2, whole.text(2));
        whole.all(3).forEach(entry -> without.bytes(3, entry));
        session.unary("Init", without.encode());
    }

    private static void missesTheLocation(Bench bench) throws Exception {
        Session session = bench.start();
        session.refused("Init", initWithout(session, bench, Map.of()), "a refusal of an empty configuration");
        // The connector was not made, so most calls are refused; but Init may be repeated.
        session.unary("Init", session.initRequest(bench.config()));
    }

    /** {@return a request for the usual protocol with another configuration} */
    private static ByteBuffer initWithout(Session session, Bench bench, Map<String, String> config) throws Exception {
        Fields usual = Fields.parse(session.initRequest(bench.config()));
        boolean store = bench.kind() == Kind.STORAGE;
        Message request = new Message();
        if (!store) {
            request.bytes(1, usual.bytes(1));
        }
        request.text(store ? 1 : 2, usual.text(store ? 1 : 2));
        config.forEach((key, value) -> request.message(store ? 2 : 3, new Message().text(1, key).text(2, value)));
        return request.encode();
    }

    private static void answersPing(Bench bench) throws Exception {
        StreamingCall.ready(bench).unary("Ping");
    }

    private static void answersClose(Bench bench) throws Exception {
        bench.open().unary("Close");
    }

    private static void afterClose(Bench bench, String method, String what) throws Exception {
        if (bench.ground.isBroken(L07)) {
            throw new NotApplicableException("L07 is broken: Close is not answered");
        }
        Session session = bench.open();
        Bench.needs(L07, () -> session.unary("Close"));
        try {
            session.unary(method);
        } catch (StatusException e) {
            bench.note(what + " is answered with " + e.status().code());
        }
    }

    private static void endsWhenIdle(Bench bench) throws Exception {
        assertEnds(bench.open(), "an idle process");
    }

    private static void endsInTheMiddle(Bench bench) throws Exception {
        Session session = StreamingCall.ready(bench);
        try (Call call = StreamingCall.begin(session)) {
            StreamingCall.advance(session, call);
            assertEnds(session, "a process in the middle of a call");
        }
    }

    private static void assertEnds(Session session, String what) throws Exception {
        if (!session.bench.ground.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process, which does not end with it");
        }
        try {
            session.assertAlive("its last call");
        } catch (ClauseFailedException e) {
            throw new NotApplicableException("the process did not live until then: " + e.failure().seen());
        }
        long start = System.nanoTime();
        session.closeInput();
        if (!session.awaitEnd()) {
            boolean late = session.peer.awaitEnd(session.bench.hungAfter());
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            throw new ClauseFailedException(
                    what + " ends within " + session.bench.ground.settings.endsWithin().toSeconds()
                            + " s after the end of its standard input",
                    late
                            ? "it ended, but slowly, after " + seconds + " s"
                            : "it was still there after " + seconds + " s");
        }
    }

    private static void leavesNoChildren(Bench bench) throws Exception {
        if (!bench.ground.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process");
        }
        if (!bench.ground.orphans().isEmpty()) {
            throw new ClauseFailedException("no process left when the plugin has ended",
                    String.join(", ", bench.ground.orphans()));
        }
        if (bench.ground.endsWatched() == 0) {
            throw new NotApplicableException("no evidence: no process that had answered a call has ended by itself");
        }
        bench.evidence.saw();
    }

    private static void keepsStandardOutputToItself(Bench bench) throws Exception {
        if (!bench.ground.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process");
        }
        if (!StandardOutputHolders.canBeSeen()) {
            throw new NotApplicableException("this system does not show the descriptors of processes");
        }
        if (!bench.ground.holders().isEmpty()) {
            throw new ClauseFailedException("no child that has the plugin's standard output",
                    String.join(", ", bench.ground.holders()));
        }
        if (bench.ground.childrenWatched() == 0) {
            throw new NotApplicableException("no evidence: no process that had answered a call could be looked at");
        }
        bench.evidence.saw();
    }

    private static void survivesNonsense(Bench bench) throws Exception {
        Session session = bench.start();
        session.refused("Init", ByteBuffer.wrap(new byte[]{ 0x0A, (byte) 0xFF, (byte) 0xFF, 0x7F, 1, 2, 3 }),
                "a refusal of bytes that are no message");
        session.unary("Init", session.initRequest(bench.config()));
    }

    private static void keepsSecrets(Bench bench) throws Exception {
        Session session = bench.start();
        Map<String, String> config = new TreeMap<>(Map.of("password", SECRET, "secret_access_key", SECRET,
                "passphrase", SECRET));
        String said;
        try {
            session.unary("Init", initWithout(session, bench, config));
            throw new NotApplicableException("Init without a location does not fail, so it says nothing");
        } catch (StatusException e) {
            said = e.status().message();
        } catch (ClauseFailedException e) {
            throw new NotApplicableException("Init without a location is not answered, see L05");
        }
        if (said.contains(SECRET)) {
            throw new ClauseFailedException("no value of an option in a message", said.replace(SECRET, "***"));
        }
        if (session.peer.complaints().contains(SECRET)) {
            throw new ClauseFailedException("no value of an option on standard error", "the value is there");
        }
    }
}
