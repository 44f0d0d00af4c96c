package dev.kloset.wire.grpc;

import java.io.IOException;

/** The call ended early: the other end reset it, we cancelled it, or the connection is gone. */
public final class CallCancelledException extends IOException {

    private static final long serialVersionUID = 1;

    CallCancelledException(String message) {
        super(message);
    }
}
