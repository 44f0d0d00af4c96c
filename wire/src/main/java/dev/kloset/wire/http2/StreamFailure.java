package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ErrorCode;

/**
 * Why a stream ended early.
 *
 * @param origin the cause of the end
 * @param code the reason given
 * @param text the reason in words
 */
public record StreamFailure(Origin origin, ErrorCode code, String text) {

    /** What caused the end of a stream. */
    public enum Origin {
        /** We ended it. */
        US,
        /** The other end sent RST_STREAM, or refused the stream in GOAWAY. */
        PEER,
        /** The other end broke a rule on this stream. */
        PROTOCOL,
        /** The connection is gone. */
        CONNECTION
    }
}
