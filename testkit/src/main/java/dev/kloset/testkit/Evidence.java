package dev.kloset.testkit;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a check has seen of the plugin. No clause is kept without: a check that returns has only not found its rule broken, which
 * it cannot have either if the plugin is dead or mute. So every method that a check calls must have been answered at least once
 * during the check, with a message or a status of the plugin; a check that makes no call names what it looks at. Any thread.
 */
final class Evidence {

    // guarded by this
    private final Set<String> called = new LinkedHashSet<>();
    private final Set<String> answered = new LinkedHashSet<>();
    private boolean seen;

    synchronized void called(String method) {
        called.add(method);
    }

    /** The plugin has answered a call of this method, or has taken in what shows that it works at it. */
    synchronized void answered(String method) {
        answered.add(method);
    }

    /** The check has looked at something else that the plugin has done, and that it judges. */
    synchronized void saw() {
        seen = true;
    }

    /** {@return why nothing can be said for the plugin; empty if something can} */
    synchronized Optional<String> missing() {
        Set<String> open = new LinkedHashSet<>(called);
        open.removeAll(answered);
        if (!open.isEmpty()) {
            return Optional.of("no evidence: the plugin has not answered " + String.join(", ", open));
        }
        return called.isEmpty() && !seen
                ? Optional.of("no evidence: the plugin has done nothing that could be looked at")
                : Optional.empty();
    }
}
