package dev.kloset.testkit.clause;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.wire.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The clause about passwords, for every kind of connector: makes Init fail with passwords and looks for them in all that the
 * plugin says.
 */
final class PasswordChecks {

    private static final String FIRST = "q8w3kc";
    private static final String LAST = "z5n7kc";

    /** Characters that end a password somewhere, are written differently in a URL, or break a line. */
    private static final List<String> AWKWARD = List.of("", "/", "@", ":", "?", "#", "%", " ", "&", "=", ";", ",", "+",
            "\"", "'", "\\",
            "<", "{", "|", "$", "%2F", "%40", "\u00e9", "\u65e5", "\uD83D\uDE00", "\n", "://", "@h/", "/@:?#");

    /** Nothing on this machine listens on this port. */
    private static final String NOWHERE = "@127.0.0.1:1/";
    /** No file name can contain this character, so nothing can be made at such a place. */
    private static final String IN_NO_NAME = "\0";

    private final CheckContext context;
    private PluginConnection connection;
    private int refusals;

    private PasswordChecks(CheckContext context) throws Exception {
        this.context = context;
        this.connection = context.start();
    }

    static void shownNowhere(CheckContext context) throws Exception {
        new PasswordChecks(context).run();
    }

    private void run() throws Exception {
        String proto = Location.parse(context.config().getOrDefault("location", "fs:///")).proto();
        for (String awkward : AWKWARD) {
            String password = FIRST + awkward + LAST;
            Map<String, String> config = new TreeMap<>();
            config.put("password", password);
            config.put("secret_access_key", password);
            config.put("dsn", "jdbc:postgresql://kloset:" + password + "@127.0.0.1:1/check");
            init(config);
            init(Map.of("location", proto + "://kloset:" + password + NOWHERE + IN_NO_NAME));
        }
        if (context.kind() == Kind.IMPORTER) { // an importer makes nothing, wherever it points
            atNowhere(proto);
        }
        if (refusals == 0) {
            throw new NotApplicableException("no Init failed, so there was no error that could show a password");
        }
    }

    /** Stops when this takes long: a connector may retry for a while. */
    private void atNowhere(String proto) throws Exception {
        for (String awkward : AWKWARD) {
            long start = System.nanoTime();
            if (!init(Map.of("location", proto + "://kloset:" + FIRST + awkward + LAST + NOWHERE))) {
                return; // this connector does not treat the location as another machine
            }
            if (System.nanoTime() - start > Duration.ofSeconds(1).toNanos()) {
                context.note("locations at which nothing listens were not all tried, as one took more than a second");
                return;
            }
        }
    }

    /** {@return whether Init failed} */
    private boolean init(Map<String, String> config) throws Exception {
        String said;
        try {
            connection.unary("Init", connection.initRequest(config));
            look("");
            connection = context.start(); // the previous connection is used up
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
        search("standard error", connection.peer.complaints());
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
