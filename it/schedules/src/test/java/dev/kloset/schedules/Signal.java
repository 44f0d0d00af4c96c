package dev.kloset.schedules;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Signals that a process cannot resist. */
enum Signal {
    STOP, CONT, KILL;

    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    void send(long pid) throws IOException {
        try {
            // A plugin's standard output is the protocol.
            int status = new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("kill -" + name() + " " + pid + " ended with " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a signal was sent");
        }
    }

    /** Wait until a process is stopped, or the work that it does is over. {@return whether it is stopped} */
    static boolean awaitStopped(long pid, BooleanSupplier isOver, Duration bound) throws IOException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (state(pid) != 'T' && !isOver.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS); // the system does not announce it
        }
        return state(pid) == 'T';
    }

    /** {@return whether a process is gone; a dead one whose status has not been collected is gone too} */
    static boolean isGone(long pid) throws IOException {
        char state = state(pid);
        return state == ' ' || state == 'Z' || state == 'X';
    }

    static boolean awaitGone(long pid, Duration bound) throws IOException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!isGone(pid) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return isGone(pid);
    }

    /** {@return the kernel's letter for the state of a process; a space if there is no such process} */
    private static char state(long pid) throws IOException {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return line.charAt(line.lastIndexOf(')') + 2);
        } catch (NoSuchFileException e) {
            return ' ';
        } catch (IOException e) {
            if (!Files.exists(Path.of("/proc/" + pid))) {
                return ' ';
            }
            throw e;
        }
    }
}
