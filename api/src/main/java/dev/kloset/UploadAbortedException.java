package dev.kloset;

import java.io.IOException;

/** Thrown by the stream given to {@link Store#put} when the host gave up before the end: publish nothing. */
public final class UploadAbortedException extends IOException {

    private static final long serialVersionUID = 1;

    /** Say in one sentence how the upload ended. */
    public UploadAbortedException(String message) {
        super(message);
    }
}
