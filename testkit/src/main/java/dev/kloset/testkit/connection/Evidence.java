package dev.kloset.testkit.connection;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a check has seen of the plugin. No clause counts as kept without evidence: a check that returns has merely found no
 * violation, and a dead or mute plugin shows none either. So the plugin must have answered every method that a check calls at
 * least once during the check, with a message or a status; a check that makes no call names what it looks at. Any thread.
 */
public final class Evidence {

    // guarded by this
    private final Set<String> called = new LinkedHashSet<>();
    private final Set<String> answered = new LinkedHashSet<>();
    private boolean seen;

    synchronized void called(String method) {
        called.add(method);
    }

    /** Record that the plugin has answered a call of this method, or has taken in enough to show that it works on the call. */
    synchronized void answered(String method) {
        answered.add(method);
    }

    /** Record that the check has examined something else that the plugin did, and judges by that. */
    public synchronized void saw() {
        seen = true;
    }

    /** {@return why nothing speaks for the plugin; empty if something does} */
    public synchronized Optional<String> missing() {
        Set<String> open = new LinkedHashSet<>(called);
        open.removeAll(answered);
        if (!open.isEmpty()) {
            return Optional.of("no evidence: the plugin has not answered " + String.join(", ", open));
        }
        return called.isEmpty() && !seen
                ? Optional.of("no evidence: the plugin has done nothing that could be examined")
                : Optional.empty();
    }
}
