package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Frame;
import dev.kloset.wire.frame.HeaderAssembler;
import dev.kloset.wire.frame.Headers;
import dev.kloset.wire.frame.HpackDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Follows a copy of what one end of a connection sends, without taking part in it. For one thread at a time.
 *
 * <p>When it can no longer follow (no HTTP/2, a broken header block), it reports that to the watcher once and then stays
 * silent.
 */
public final class FrameTap {

    /** Receives what the end does, on the thread that brings the bytes. */
    public interface Watcher {

        /** Header fields, at the beginning or the end of a stream. */
        void headers(int stream, Headers headers, boolean end);

        /** Content, in {@code buffer} until this returns. */
        void data(int stream, byte[] buffer, int offset, int length, boolean end);

        void reset(int stream, ErrorCode code);

        /** The end wants no more streams. */
        void goAway(ErrorCode code, String text);

        /** Nothing that follows can be understood. */
        void lost(String why);
    }

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_FRAME_BYTES = Frame.HEADER_BYTES + Frame.MAX_PAYLOAD;
    private static final int MAX_LIST_BYTES = 1 << 16;
    private static final int MAX_TEXT = 1024;

    private final Watcher watcher;
    private final HpackDecoder decoder = new HpackDecoder(MAX_LIST_BYTES);
    private final HeaderAssembler headers = new HeaderAssembler(MAX_LIST_BYTES);
    private byte[] carried = new byte[1024]; // the beginning of a frame that is not complete
    private int carriedBytes;
    private boolean begun;
    private boolean lost;

    /** Make a tap of what the client sends, or of what the server sends. */
    public FrameTap(boolean client, Watcher watcher) {
        this.watcher = watcher;
        this.begun = !client;
    }

    /** Take the next bytes that were sent, cut anywhere. */
    public void add(byte[] bytes, int offset, int length) {
        if (lost) {
            return;
        }
        try {
            addFrames(bytes, offset, offset + length);
        } catch (ConnectionError e) {
            lose("it broke HTTP/2: " + e.getMessage());
        }
    }

    /** Nothing more will be sent. */
    public void end() {
        if (!lost && carriedBytes > 0) {
            lose("it ended inside a frame");
        }
    }

    private void lose(String why) {
        lost = true;
        carried = new byte[0];
        watcher.lost(why);
    }

    private void addFrames(byte[] bytes, int from, int end) throws ConnectionError {
        int at = from;
        while (at < end && !lost) {
            if (carriedBytes == 0 && begun) {
                at = wholeFrames(bytes, at, end);
            }
            if (at < end) {
                at = carry(bytes, at, end);
            }
        }
    }

    private int wholeFrames(byte[] bytes, int from, int end) throws ConnectionError {
        int at = from;
        while (end - at >= Frame.HEADER_BYTES) {
            int size = frameBytes(bytes, at);
            if (end - at < size) {
                break;
            }
            frame(bytes, at);
            at += size;
        }
        return at;
    }

    private int carry(byte[] bytes, int at, int end) throws ConnectionError {
        int wanted = wanted();
        int count = Math.min(wanted - carriedBytes, end - at);
        if (carried.length < carriedBytes + count) {
            carried = Arrays.copyOf(carried, Math.max(2 * carried.length, carriedBytes + count));
        }
        System.arraycopy(bytes, at, carried, carriedBytes, count);
        carriedBytes += count;
        if (carriedBytes == wanted() && (carriedBytes > Frame.HEADER_BYTES || wanted == Frame.HEADER_BYTES)) {
            complete();
        }
        return at + count;
    }

    private int wanted() throws ConnectionError {
        if (!begun) {
            return PREFACE.length;
        }
        return carriedBytes < Frame.HEADER_BYTES ? Frame.HEADER_BYTES : frameBytes(carried, 0);
    }

    private void complete() throws ConnectionError {
        if (begun) {
            carriedBytes = 0;
            frame(carried, 0);
        } else if (Arrays.equals(carried, 0, PREFACE.length, PREFACE, 0, PREFACE.length)) {
            begun = true;
            carriedBytes = 0;
        } else {
            throw ConnectionError.protocol("it does not begin as HTTP/2 does");
        }
    }

    private static int frameBytes(byte[] bytes, int at) throws ConnectionError {
        int size = Frame.HEADER_BYTES + Frame.int24(bytes, at);
        if (size > MAX_FRAME_BYTES) {
            throw ConnectionError.frameSize("a frame of " + (size - Frame.HEADER_BYTES) + " bytes");
        }
        return size;
    }

    private void frame(byte[] bytes, int at) throws ConnectionError {
        int length = Frame.int24(bytes, at);
        int flags = bytes[at + 4] & 0xFF;
        int stream = Frame.int31(bytes, at + 5);
        int payload = at + Frame.HEADER_BYTES;
        switch (bytes[at + 3]) {
            case Frame.DATA -> data(stream, flags, bytes, payload, length);
            case Frame.HEADERS -> headers(stream, flags, bytes, payload, length);
            case Frame.CONTINUATION -> {
                headers.add(bytes, payload, length);
                endHeaders(flags);
            }
            case Frame.RST_STREAM -> watcher.reset(stream, ErrorCode.of(length < 4 ? -1 : Frame.int32(bytes, payload)));
            case Frame.GOAWAY -> goAway(bytes, payload, length);
            default -> {
                // Settings, pings and windows say nothing about calls.
            }
        }
    }

    private void data(int stream, int flags, byte[] bytes, int payload, int length) throws ConnectionError {
        int padding = padding(flags, bytes, payload, length);
        int begin = (flags & Frame.PADDED) != 0 ? payload + 1 : payload;
        watcher.data(stream, bytes, begin, length - padding, (flags & Frame.END_STREAM) != 0);
    }

    private void headers(int stream, int flags, byte[] bytes, int payload, int length) throws ConnectionError {
        int size = length - padding(flags, bytes, payload, length);
        int begin = (flags & Frame.PADDED) != 0 ? payload + 1 : payload;
        int priority = (flags & Frame.WITH_PRIORITY) != 0 ? 5 : 0;
        if (size < priority) {
            throw ConnectionError.frameSize("HEADERS too short for a priority");
        }
        headers.begin(stream, (flags & Frame.END_STREAM) != 0, bytes, begin + priority, size - priority);
        endHeaders(flags);
    }

    private void endHeaders(int flags) throws ConnectionError {
        if ((flags & Frame.END_HEADERS) != 0) {
            headers.close();
            watcher.headers(headers.stream(), decoder.decode(headers.block(), 0, headers.size()), headers.endStream());
        }
    }

    private static int padding(int flags, byte[] bytes, int payload, int length) throws ConnectionError {
        if ((flags & Frame.PADDED) == 0) {
            return 0;
        }
        int padding = length == 0 ? 1 : 1 + (bytes[payload] & 0xFF);
        if (padding > length) {
            throw ConnectionError.protocol("more padding than payload");
        }
        return padding;
    }

    private void goAway(byte[] bytes, int payload, int length) {
        if (length >= 8) {
            watcher.goAway(ErrorCode.of(Frame.int32(bytes, payload + 4)),
                    new String(bytes, payload + 8, Math.min(length - 8, MAX_TEXT), StandardCharsets.UTF_8));
        }
    }
}
