package dev.kloset.sdk.internal.doctor;

import dev.kloset.sdk.internal.doctor.Finding.Result;
import dev.kloset.sdk.internal.failure.FailureHolder;
import dev.kloset.sdk.internal.failure.StatusMapper;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.service.Interruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the steps of a check of one connector in order, each within a limit. For one thread. */
final class DiagnosisRun {

    /** One step. */
    interface Step {
        /** {@return what it found, as a sentence, or an empty text} */
        String run() throws Exception;
    }

    private final StatusMapper statuses = new StatusMapper(HostContext.ofThisProcess()); // for the user, who takes the host's place
    private final Duration limit;
    private final List<Finding> findings = new ArrayList<>();
    private String broken = ""; // the step that failed

    DiagnosisRun(Duration limit) {
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
        FailureHolder failure = new FailureHolder();
        Thread thread = Thread.ofVirtual().name("doctor: " + name).start(() -> failure.of(() -> found.set(step.run())));
        if (!thread.join(patience)) {
            Interruption.of(thread);
            fail(name, "not done within " + patience.toSeconds() + " s, so the doctor gave up"
                    + (patience.equals(limit) ? " (--timeout allows more)" : ""));
            return;
        }
        try {
            failure.rethrow();
            findings.add(new Finding(name, Result.OK, Objects.requireNonNull(found.get())));
        } catch (CannotTellException e) {
            skip(name, e.why());
        } catch (Throwable t) {
            fail(name, sentence(t));
        }
    }

    /** {@return how a user reads {@code error}} */
    String sentence(Throwable error) {
        return statuses.sentence(error);
    }

    void skip(String name, String why) {
        findings.add(new Finding(name, Result.NOT_CHECKED, why));
    }

    private void fail(String name, String sentence) {
        findings.add(new Finding(name, Result.FAILED, sentence));
        broken = name;
    }

    /** Thrown by a step that can find nothing out. */
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
