package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Frame;
import dev.kloset.wire.frame.FrameReader;
import dev.kloset.wire.frame.HeaderAssembler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Handles one frame after the other, on the reader thread. {@link StreamFrames} handles streams and header fields. */
final class FrameDispatcher implements FrameReader.Handler {

    private static final int PING_BYTES = 8;
    private static final int PRIORITY_BYTES = 5;
    private static final int MAX_GOODBYE = 1024;

    private final boolean client;
    private final SendQueue out;
    private final SendScheduler scheduler;
    private final StreamOpenings openings;
    private final StreamFrames streams;
    private final FloodGuard floods = new FloodGuard(System::nanoTime);
    private final HeaderAssembler headers;
    private final CountDownLatch ready = new CountDownLatch(1);

    private final int connectionWindow;
    private int available;
    private int unannounced;
    private boolean settingsSeen;
    private @Nullable String goodbye;

    FrameDispatcher(boolean client, SendQueue out, SendScheduler scheduler, StreamOpenings openings,
            StreamFrames streams,
            Http2Limits limits) {
        this.client = client;
        this.out = out;
        this.scheduler = scheduler;
        this.openings = openings;
        this.streams = streams;
        this.headers = new HeaderAssembler(limits.maxHeaderListBytes());
        this.connectionWindow = limits.connectionWindow();
        this.available = connectionWindow;
    }

    /** {@return a latch that opens when the other end has shown that it speaks HTTP/2} */
    CountDownLatch ready() {
        return ready;
    }

    /** {@return why the other end wants no more of this connection, or null} */
    @Nullable
    String goodbye() {
        return goodbye;
    }

    @Override
    public void frame(int type, int flags, int stream, byte[] buffer, int offset, int length)
            throws ConnectionError {
        if (!settingsSeen && (type != Frame.SETTINGS || (flags & Frame.ACK) != 0)) {
            throw ConnectionError.protocol("it does not begin with SETTINGS");
        }
        if (headers.isOpen() && (type != Frame.CONTINUATION || stream != headers.stream())) {
            throw ConnectionError.protocol("a frame in the middle of a header block");
        }
        switch (type) {
            case Frame.DATA -> data(flags, stream, buffer, offset, length);
            case Frame.HEADERS -> headers(flags, stream, buffer, offset, length);
            case Frame.PRIORITY -> priority(stream, buffer, offset, length);
            case Frame.RST_STREAM -> reset(stream, buffer, offset, length);
            case Frame.SETTINGS -> settings(flags, stream, buffer, offset, length);
            case Frame.PUSH_PROMISE -> throw ConnectionError.protocol("PUSH_PROMISE, which was not requested");
            case Frame.PING -> ping(flags, stream, buffer, offset, length);
            case Frame.GOAWAY -> goAway(stream, buffer, offset, length);
            case Frame.WINDOW_UPDATE -> windowUpdate(stream, buffer, offset, length);
            case Frame.CONTINUATION -> continuation(flags, stream, buffer, offset, length);
            default -> floods.count("of an unknown type");
        }
    }

    @Override
    public void pause() {
        out.wakeWriterNow();
    }

    // ---- content

    private void data(int flags, int stream, byte[] buffer, int offset, int length) throws ConnectionError {
        requireStream(stream, "DATA");
        countConnectionWindow(length);
        int padding = padding(flags, buffer, offset, length);
        int content = length - padding;
        boolean end = (flags & Frame.END_STREAM) != 0;
        if (content == 0 && !end) {
            floods.count("DATA without content");
        }
        int begin = (flags & Frame.PADDED) != 0 ? offset + 1 : offset;
        streams.data(stream, buffer, begin, content, padding, end);
    }

    /** The window of the connection opens again as soon as data is here: only streams wait for the application. */
    private void countConnectionWindow(int length) throws ConnectionError {
        available -= length;
        unannounced += length;
        if (available < 0) {
            throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "more data than the connection may carry");
        }
        if (unannounced >= connectionWindow / 2) {
            available += unannounced;
            out.windowUpdate(0, unannounced);
            unannounced = 0;
        }
    }

    /** {@return how many bytes of the payload are padding, the length byte included} */
    private static int padding(int flags, byte[] buffer, int offset, int length) throws ConnectionError {
        if ((flags & Frame.PADDED) == 0) {
            return 0;
        }
        if (length == 0) {
            throw ConnectionError.frameSize("a padded frame without a length of the padding");
        }
        int padding = 1 + (buffer[offset] & 0xFF);
        if (padding > length) {
            throw ConnectionError.protocol("more padding than payload");
        }
        return padding;
    }

    private void headers(int flags, int stream, byte[] buffer, int offset, int length) throws ConnectionError {
        requireStream(stream, "HEADERS");
        int padding = padding(flags, buffer, offset, length);
        int begin = (flags & Frame.PADDED) != 0 ? offset + 1 : offset;
        int size = length - padding;
        if ((flags & Frame.WITH_PRIORITY) != 0) {
            if (size < PRIORITY_BYTES) {
                throw ConnectionError.frameSize("HEADERS too short for a priority");
            }
            requireOther(stream, buffer, begin);
            begin += PRIORITY_BYTES;
            size -= PRIORITY_BYTES;
        }
        boolean end = (flags & Frame.END_STREAM) != 0;
        if ((flags & Frame.END_HEADERS) != 0) {
            streams.headers(stream, end, buffer, begin, size);
        } else {
            headers.begin(stream, end, buffer, begin, size);
        }
    }

    private void continuation(int flags, int stream, byte[] buffer, int offset, int length) throws ConnectionError {
        if (!headers.isOpen()) {
            throw ConnectionError.protocol("CONTINUATION of nothing");
        }
        headers.add(buffer, offset, length);
        if ((flags & Frame.END_HEADERS) != 0) {
            headers.close();
            streams.headers(stream, headers.endStream(), headers.block(), 0, headers.size());
        }
    }

    // ---- about a stream

    private void reset(int stream, byte[] buffer, int offset, int length) throws ConnectionError {
        requireStream(stream, "RST_STREAM");
        requireLength(length, 4, "RST_STREAM");
        floods.count("RST_STREAM");
        streams.reset(stream, ErrorCode.of(Frame.int32(buffer, offset)));
    }

    /** Priorities have no effect here (nor, since RFC 9113, anywhere), but must be well-formed. */
    private void priority(int stream, byte[] buffer, int offset, int length) throws ConnectionError {
        requireStream(stream, "PRIORITY");
        requireLength(length, PRIORITY_BYTES, "PRIORITY");
        requireOther(stream, buffer, offset);
        floods.count("PRIORITY");
    }

    private static void requireOther(int stream, byte[] buffer, int offset) throws ConnectionError {
        if (Frame.int31(buffer, offset) == stream) {
            throw ConnectionError.protocol("a stream that depends on itself");
        }
    }

    private void windowUpdate(int stream, byte[] buffer, int offset, int length) throws ConnectionError {
        requireLength(length, 4, "WINDOW_UPDATE");
        int increment = Frame.int31(buffer, offset);
        if (stream != 0) {
            streams.windowUpdate(stream, increment);
        } else if (increment == 0) {
            throw ConnectionError.protocol("WINDOW_UPDATE of nothing");
        } else {
            scheduler.windowUpdate(increment);
        }
    }

    // ---- about the connection

    private void settings(int flags, int stream, byte[] buffer, int offset, int length) throws ConnectionError {
        requireConnection(stream, "SETTINGS");
        boolean ack = (flags & Frame.ACK) != 0;
        if (length % Settings.ENTRY_BYTES != 0 || ack && length > 0) {
            throw ConnectionError.frameSize("SETTINGS of " + length + " bytes");
        }
        if (ack) {
            floods.count("an acknowledgement of SETTINGS");
            streams.settingsAcknowledged();
            return;
        }
        floods.count("SETTINGS");
        out.lock.lock(); // what obeys the new values comes after the acknowledgement
        try {
            for (int at = offset; at < offset + length; at += Settings.ENTRY_BYTES) {
                apply(Frame.int16(buffer, at), Frame.int32(buffer, at + 2));
            }
            out.settingsAck();
        } finally {
            out.lock.unlock();
        }
        settingsSeen = true;
        ready.countDown();
    }

    private void apply(int id, int value) throws ConnectionError {
        Settings.check(id, value, client);
        switch (id) {
            case Settings.HEADER_TABLE_SIZE -> out.tableSize(Integer.toUnsignedLong(value));
            case Settings.MAX_CONCURRENT_STREAMS -> openings.maxStreams(Integer.toUnsignedLong(value));
            case Settings.INITIAL_WINDOW_SIZE -> openings.initialWindow(value);
            case Settings.MAX_HEADER_LIST_SIZE -> out.maxHeaderListBytes(Integer.toUnsignedLong(value));
            default -> {
                // Push does not concern us, the mandatory frame size is large enough, and other settings are unknown.
            }
        }
    }

    private void ping(int flags, int stream, byte[] buffer, int offset, int length) throws ConnectionError {
        requireConnection(stream, "PING");
        requireLength(length, PING_BYTES, "PING");
        floods.count("PING");
        if ((flags & Frame.ACK) == 0) {
            out.pingAck(buffer, offset, length);
        }
    }

    private void goAway(int stream, byte[] buffer, int offset, int length) throws ConnectionError {
        requireConnection(stream, "GOAWAY");
        if (length < 8) {
            throw ConnectionError.frameSize("GOAWAY of " + length + " bytes");
        }
        floods.count("GOAWAY");
        if (!client) {
            return; // all streams are the client's, so it refuses nothing
        }
        ErrorCode code = ErrorCode.of(Frame.int32(buffer, offset + 4));
        String text = new String(buffer, offset + 8, Math.min(length - 8, MAX_GOODBYE), StandardCharsets.UTF_8);
        String reason = "the plugin takes no more calls: " + code + (text.isBlank() ? "" : ", " + text);
        if (code != ErrorCode.NO_ERROR) {
            goodbye = reason;
        }
        streams.refusedAfter(Frame.int31(buffer, offset), reason);
    }

    private static void requireStream(int stream, String what) throws ConnectionError {
        if (stream == 0) {
            throw ConnectionError.protocol(what + " on stream 0");
        }
    }

    private static void requireConnection(int stream, String what) throws ConnectionError {
        if (stream != 0) {
            throw ConnectionError.protocol(what + " on stream " + stream);
        }
    }

    private static void requireLength(int length, int expected, String what) throws ConnectionError {
        if (length != expected) {
            throw ConnectionError.frameSize(what + " of " + length + " bytes");
        }
    }
}
