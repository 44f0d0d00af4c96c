package dev.kloset.wire.grpc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The call ended with a status other than OK, or is to end so: a handler throws it to choose code and text. */
public final class StatusException extends IOException {

    private static final long serialVersionUID = 1;

    private final StatusCode code;

    StatusException(Status status) {
        super(status.message());
        this.code = status.code();
    }

    public StatusException(StatusCode code, String message) {
        this(new Status(code, message));
    }

    /** {@return code and text; the text is also the message of this exception} */
    public Status status() {
        return new Status(code, orEmpty(getMessage()));
    }

    private static String orEmpty(@Nullable String message) {
        return message == null ? "" : message;
    }
}
