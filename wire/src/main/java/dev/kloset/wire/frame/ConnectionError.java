package dev.kloset.wire.frame;

import java.io.IOException;

/** The other end broke the protocol in such a way that nothing it sends can be trusted now. */
public final class ConnectionError extends IOException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public ConnectionError(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public static ConnectionError protocol(String message) {
        return new ConnectionError(ErrorCode.PROTOCOL_ERROR, message);
    }

    public static ConnectionError frameSize(String message) {
        return new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, message);
    }

    public ErrorCode code() {
        return code;
    }
}
