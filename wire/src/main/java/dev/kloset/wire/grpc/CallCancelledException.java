package dev.kloset.wire.grpc;

import java.io.IOException;

/** The call ended before its time: reset by the other end, cancelled by us, or the connection is gone. */
public final class CallCancelledException extends IOException {

    private static final long serialVersionUID = 1;

    CallCancelledException(String message) {
        super(message);
    }
}
