package dev.kloset.wire.stdio;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Standard error, in whole lines. */
public final class StandardError {

    private static final FileOutputStream ERRORS = new FileOutputStream(FileDescriptor.err);

    private StandardError() {}

    /** Write {@code line}, which ends in a line feed, with one call of the operating system. For all threads. */
    public static void write(byte[] line) {
        synchronized (ERRORS) {
            try {
                ERRORS.write(line);
            } catch (IOException e) {
                // Nobody reads it, and there is nowhere else to say so.
            }
        }
    }
}
