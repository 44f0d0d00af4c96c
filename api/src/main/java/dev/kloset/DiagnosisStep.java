package dev.kloset;

import java.io.IOException;
import java.util.Objects;

/**
 * One thing that must work before a connector can: the name is resolved, the port answers, the login is accepted. The command
 * {@code doctor} of a plugin tries the steps of a connector one after the other and says which one fails.
 *
 * @param name one or two words for the user, such as {@code authentication}
 */
public record DiagnosisStep(String name, Check check) {

    /** The name of a step that writes something and removes it again. */
    public static final String WRITING = "writing";

    /** Make a step with its name; neither may be null. */
    public DiagnosisStep {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(check, "check");
    }

    /** {@return a step} */
    public static DiagnosisStep of(String name, Check check) {
        return new DiagnosisStep(name, check);
    }

    /** Finds out whether a step works. Called at most once, on a thread of its own, before the doctor asks for anything else. */
    @FunctionalInterface
    public interface Check {

        /**
         * Check the step: return if it works, throw if it does not. Leave nothing behind.
         *
         * @throws IOException if the step fails; the user reads the message, and the hint of a {@link ConnectorException}
         * @throws InterruptedException if the step has taken longer than the user allows
         */
        void run() throws IOException, InterruptedException;
    }
}
