package dev.kloset.testkit;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.wire.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The clause about passwords of every kind: lets Init fail with them and looks for them in all that is said. */
final class PasswordChecks {

    private static final String FIRST = "q8w3kc";
    private static final String LAST = "z5n7kc";

    /** What ends a password somewhere, is written otherwise in a URL, or breaks a line. */
    private static final List<String> AWKWARD = List.of("", "/", "@", ":", "?", "#", "%", " ", "&", "=", ";", ",", "+",
            "\"", "'", "\\",
            "<", "{", "|", "$", "%2F", "%40", "\u00e9", "\u65e5", "\uD83D\uDE00", "\n", "://", "@h/", "/@:?#");

    /** On this port of this machine nothing listens. */
    private static final String NOWHERE = "@127.0.0.1:1/";
    /** No file has it in its name, so nothing can be made at such a place. */
    private static final String IN_NO_NAME = "\0";

    private final Bench bench;
    private Session session;
    private int refusals;

    private PasswordChecks(Bench bench) throws Exception {
        this.bench = bench;
        this.session = bench.start();
    }

    static void shownNowhere(Bench bench) throws Exception {
        new PasswordChecks(bench).run();
    }

    private void run() throws Exception {
        String proto = Location.parse(bench.config().getOrDefault("location", "fs:///")).proto();
        for (String awkward : AWKWARD) {
            String password = FIRST + awkward + LAST;
            Map<String, String> config = new TreeMap<>();
            config.put("password", password);
            config.put("secret_access_key", password);
            config.put("dsn", "jdbc:postgresql://kloset:" + password + "@127.0.0.1:1/check");
            init(config);
            init(Map.of("location", proto + "://kloset:" + password + NOWHERE + IN_NO_NAME));
        }
        if (bench.kind() == Kind.IMPORTER) { // which makes nothing, wherever it is
            atNowhere(proto);
        }
        if (refusals == 0) {
            throw new NotApplicableException("no Init failed, so there was no error that could show a password");
        }
    }

    /** As long as that is quick: a connector may try for a while. */
    private void atNowhere(String proto) throws Exception {
        for (String awkward : AWKWARD) {
            long start = System.nanoTime();
            if (!init(Map.of("location", proto + "://kloset:" + FIRST + awkward + LAST + NOWHERE))) {
                return; // to this connector it is not on another machine
            }
            if (System.nanoTime() - start > Duration.ofSeconds(1).toNanos()) {
                bench.note("locations at which nothing listens were not all tried, as one took more than a second");
                return;
            }
        }
    }

    /** {@return whether Init failed} */
    private boolean init(Map<String, String> config) throws Exception {
        String said;
        try {
            session.unary("Init", session.initRequest(config));
            look("");
            session = bench.start(); // the other one is taken
            return false;
        } catch (StatusException e) {
            refusals++;
            said = e.status().message();
        } catch (ClauseFailedException e) {
            throw new NotApplicableException("Init with a wrong configuration is not answered, see L05");
        }
        look(said);
        return true;
    }

    private void look(String said) throws Exception {
        search("a message", said);
        search("standard error", session.peer.complaints());
    }

    private static void search(String where, String text) throws ClauseFailedException {
        List<String> seen = new ArrayList<>();
        text.lines().filter(line -> line.contains(FIRST) || line.contains(LAST)).forEach(seen::add);
        if (!seen.isEmpty()) {
            throw new ClauseFailedException("no part of a password on standard error or in a message",
                    where + " has: " + seen.getFirst().replace(FIRST, "***").replace(LAST, "***"));
        }
    }
}
