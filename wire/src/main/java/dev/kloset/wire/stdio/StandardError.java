package dev.kloset.wire.stdio;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/** Standard error: lines of the log, and messages for a person. */
public final class StandardError {

    private static final FileOutputStream ERRORS = new FileOutputStream(FileDescriptor.err);

    private StandardError() {}

    /** {@return {@link System#err}, or its current replacement} For messages to a person. */
    @SuppressWarnings("SystemOut") // The one place of the runtime that speaks to a person.
    public static PrintStream forPeople() {
        return System.err;
    }

    /** Write {@code line}, which ends in a line feed, with one call of the operating system. For all threads. */
    public static void write(byte[] line) {
        synchronized (ERRORS) {
            try {
                ERRORS.write(line);
            } catch (IOException e) {
                // Standard error is unread, and there is nowhere else to report that.
            }
        }
    }
}
