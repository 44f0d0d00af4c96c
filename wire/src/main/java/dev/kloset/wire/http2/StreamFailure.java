package dev.kloset.wire.http2;

/**
 * Why a stream ended before its time.
 *
 * @param origin who ended it
 * @param code the reason given
 * @param text the reason in words
 */
public record StreamFailure(Origin origin, ErrorCode code, String text) {

    /** Who ended a stream. */
    public enum Origin {
        /** We asked for it. */
        US,
        /** The other end sent RST_STREAM, or refused the stream in GOAWAY. */
        PEER,
        /** The other end broke a rule on this stream. */
        PROTOCOL,
        /** The connection is gone. */
        CONNECTION
    }
}
