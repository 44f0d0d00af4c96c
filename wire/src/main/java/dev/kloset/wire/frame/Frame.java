package dev.kloset.wire.frame;

/** The numbers of RFC 9113, sections 4 and 6. */
public final class Frame {

    public static final int HEADER_BYTES = 9;
    /** The largest payload we accept, and the largest we may send before the other end allows more. */
    public static final int MAX_PAYLOAD = 16_384;
    public static final int DEFAULT_WINDOW = 65_535;

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 0x1;
    public static final int ACK = 0x1;
    public static final int END_HEADERS = 0x4;
    public static final int PADDED = 0x8;
    public static final int WITH_PRIORITY = 0x20;

    private Frame() {}

    public static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    public static int int24(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 16 | int16(bytes, at + 1);
    }

    public static int int32(byte[] bytes, int at) {
        return int16(bytes, at) << 16 | int16(bytes, at + 2);
    }

    /** {@return 31 bits: the highest is reserved and means nothing} */
    public static int int31(byte[] bytes, int at) {
        return int32(bytes, at) & 0x7FFF_FFFF;
    }
}
