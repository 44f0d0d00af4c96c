package dev.kloset.wire.http2;

/** The numbers of RFC 9113, sections 4 and 6. */
final class Frame {

    static final int HEADER_BYTES = 9;
    /** The largest payload we accept, and the largest we may send before the other end allows more. */
    static final int MAX_PAYLOAD = 16_384;
    static final int DEFAULT_WINDOW = 65_535;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int WITH_PRIORITY = 0x20;

    private Frame() {}

    static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    static int int24(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 16 | int16(bytes, at + 1);
    }

    static int int32(byte[] bytes, int at) {
        return int16(bytes, at) << 16 | int16(bytes, at + 2);
    }

    /** {@return 31 bits: the highest is reserved and means nothing} */
    static int int31(byte[] bytes, int at) {
        return int32(bytes, at) & 0x7FFF_FFFF;
    }
}
