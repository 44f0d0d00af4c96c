package dev.kloset.interop;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Signals that Java itself cannot send. */
final class Signals {

    private Signals() {}

    /**
     * Send a signal.
     *
     * @param target a process, or a process group with a leading minus sign
     */
    static void send(String name, String target) throws IOException {
        try {
            // The shell's built-in command, because not every system has a program with that name.
            new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " -- " + target).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sending " + name + " to " + target);
        }
    }
}
