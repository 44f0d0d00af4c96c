package dev.kloset.wire.http2;

import java.io.IOException;

/** The other end broke the protocol so that nothing it sends can be trusted any more. */
final class ConnectionError extends IOException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    ConnectionError(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    static ConnectionError protocol(String message) {
        return new ConnectionError(ErrorCode.PROTOCOL_ERROR, message);
    }

    static ConnectionError frameSize(String message) {
        return new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, message);
    }

    ErrorCode code() {
        return code;
    }
}
