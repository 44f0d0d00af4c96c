package dev.kloset.interop;

import java.time.Duration;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** The result of a command. */
record Outcome(List<String> command, int exit, String out, String err, Duration took) {

    private static final int SHOWN = 4000;

    /**
     * {@return this outcome} Fails the test unless the command succeeded. Plakar exits with 0 after some failures, but always
     * starts such messages with its own name.
     */
    Outcome orFail() {
        if (exit != 0 || text().contains("/plakar: ")) {
            throw new AssertionFailedError("failed with " + exit + ": " + this);
        }
        return this;
    }

    /** {@return the lines of the standard output} */
    List<String> lines() {
        return out.lines().toList();
    }

    /** {@return all output of the command; Plakar prints some errors on its standard output} */
    String text() {
        return out + err;
    }

    @Override
    public String toString() {
        return String.join(" ", command) + "\nexit " + exit + " after " + took.toMillis() + " ms\nout: " + end(out)
                + "\nerr: " + end(err);
    }

    private static String end(String text) {
        return text.length() <= SHOWN ? text : "... " + text.substring(text.length() - SHOWN);
    }
}
