package dev.kloset.sdk;

import dev.kloset.sdk.Finding.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Does the steps of looking at one connector one after the other, none of them longer than a limit. For one thread. */
final class CheckUp {

    /** One step. */
    interface Step {
        /** {@return what was found, in a sentence, or an empty text} */
        String run() throws Exception;
    }

    private final Duration limit;
    private final List<Finding> findings = new ArrayList<>();
    private String broken = ""; // the step that failed

    CheckUp(Duration limit) {
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    boolean isBroken() {
        return !broken.isEmpty();
    }

    /** Try {@code step}, unless one before it has failed. */
    void step(String name, Step step) throws InterruptedException {
        if (isBroken()) {
            skip(name, "because \"" + broken + "\" failed");
        } else {
            attempt(name, limit, step);
        }
    }

    /** Try {@code step}, whatever happened before. */
    void attempt(String name, Duration patience, Step step) throws InterruptedException {
        AtomicReference<String> found = new AtomicReference<>("");
        Failure failure = new Failure();
        Thread thread = Thread.ofVirtual().name("doctor: " + name).start(() -> failure.of(() -> found.set(step.run())));
        if (!thread.join(patience)) {
            Interruption.of(thread);
            fail(name, "not done within " + patience.toSeconds() + " s, so the doctor gave up"
                    + (patience.equals(limit) ? " (--timeout allows for more)" : ""));
            return;
        }
        try {
            failure.rethrow();
            findings.add(new Finding(name, Result.OK, Objects.requireNonNull(found.get())));
        } catch (CannotTellException e) {
            skip(name, e.why());
        } catch (Throwable t) {
            fail(name, StatusMapper.sentence(t));
        }
    }

    void skip(String name, String why) {
        findings.add(new Finding(name, Result.NOT_CHECKED, why));
    }

    private void fail(String name, String sentence) {
        findings.add(new Finding(name, Result.FAILED, sentence));
        broken = name;
    }

    /** Thrown by a step that can find out nothing. */
    static final class CannotTellException extends Exception {

        private static final long serialVersionUID = 1;

        CannotTellException(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }
}
