package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Frame;
import dev.kloset.wire.frame.FrameBuffer;

/** What the two ends announce about themselves: RFC 9113, section 6.5. */
public final class Settings {

    public static final int HEADER_TABLE_SIZE = 1;
    public static final int ENABLE_PUSH = 2;
    public static final int MAX_CONCURRENT_STREAMS = 3;
    public static final int INITIAL_WINDOW_SIZE = 4;
    public static final int MAX_FRAME_SIZE = 5;
    static final int MAX_HEADER_LIST_SIZE = 6;
    static final int ENTRY_BYTES = 6;

    private Settings() {}

    /** Add the frame with which we begin. */
    static void append(FrameBuffer buffer, boolean client, Http2Limits limits) {
        buffer.frame(3 * ENTRY_BYTES, Frame.SETTINGS, 0, 0);
        entry(buffer, client ? ENABLE_PUSH : MAX_CONCURRENT_STREAMS, client ? 0 : limits.maxConcurrentStreams());
        entry(buffer, INITIAL_WINDOW_SIZE, limits.initialStreamWindow());
        entry(buffer, MAX_HEADER_LIST_SIZE, limits.maxHeaderListBytes());
    }

    private static void entry(FrameBuffer buffer, int id, int value) {
        buffer.int16(id);
        buffer.int32(value);
    }

    /** Check a value of the other end. */
    static void check(int id, int value, boolean fromServer) throws ConnectionError {
        if (id == ENABLE_PUSH && (value < 0 || value > (fromServer ? 0 : 1))) {
            throw ConnectionError.protocol("SETTINGS_ENABLE_PUSH of " + Integer.toUnsignedString(value));
        }
        if (id == INITIAL_WINDOW_SIZE && value < 0) {
            throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR,
                    "SETTINGS_INITIAL_WINDOW_SIZE of " + Integer.toUnsignedString(value));
        }
        if (id == MAX_FRAME_SIZE && (value < Frame.MAX_PAYLOAD || value > 0xFF_FFFF)) {
            throw ConnectionError.protocol("SETTINGS_MAX_FRAME_SIZE of " + Integer.toUnsignedString(value));
        }
    }
}
