package dev.kloset;

import java.io.IOException;

/** Thrown by the stream that {@link Store#put} reads when the host gave up before the end: publish nothing. */
public final class UploadAbortedException extends IOException {

    private static final long serialVersionUID = 1;

    /** Make an exception that says in one sentence how the upload ended. */
    public UploadAbortedException(String message) {
        super(message);
    }
}
