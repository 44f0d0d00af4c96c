package dev.kloset.testkit.connection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Watches what a plugin writes on its way to the client, without changing it. The client's reader thread reads; any thread may ask. */
public final class FrameWatch extends FilterInputStream {

    private static final int HEADER_BYTES = 9;
    private static final int MAX_PAYLOAD = 16_384;
    /** The highest type that any standard names. */
    private static final int MAX_TYPE = 0x10;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int QUOTED_BYTES = 60;

    // all guarded by this
    private final byte[] header = new byte[HEADER_BYTES];
    private int headerBytes;
    private int payloadLeft;
    private byte[] payload = new byte[0];
    private int payloadBytes;
    private long frames;
    private boolean goAway;
    private @Nullable String noise;
    private boolean noiseAtStart;
    private long maxStreams = -1;

    private volatile boolean ended;

    FrameWatch(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            look(buffer, offset, count);
        } else if (count < 0) {
            ended = true;
        }
        return count;
    }

    private synchronized void look(byte[] buffer, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && noise == null) {
            if (headerBytes < HEADER_BYTES) {
                header[headerBytes++] = buffer[at++];
                begin(buffer, at, end);
            } else {
                int taken = Math.min(end - at, payloadLeft);
                keep(buffer, at, taken);
                at += taken;
                payloadLeft -= taken;
            }
            if (headerBytes == HEADER_BYTES && payloadLeft == 0) {
                finish();
            }
        }
    }

    /** Judge the header as early as possible: noise is rarely nine bytes long. */
    private void begin(byte[] buffer, int at, int end) {
        int length = (header[0] & 0xFF) << 16 | (header[1] & 0xFF) << 8 | header[2] & 0xFF;
        boolean wrong = headerBytes == 3 && length > MAX_PAYLOAD
                || headerBytes == 4 && (frames == 0 ? header[3] != SETTINGS : (header[3] & 0xFF) > MAX_TYPE)
                || headerBytes == 1 && header[0] != 0;
        if (wrong) {
            byte[] start = Arrays.copyOf(header, headerBytes + Math.min(end - at, QUOTED_BYTES));
            System.arraycopy(buffer, at, start, headerBytes, start.length - headerBytes);
            noise = quote(new String(start, StandardCharsets.UTF_8));
            noiseAtStart = frames == 0;
        } else if (headerBytes == HEADER_BYTES) {
            payloadLeft = length;
            payloadBytes = 0;
            payload = header[3] == SETTINGS ? new byte[length] : new byte[0];
        }
    }

    private void keep(byte[] buffer, int at, int count) {
        int kept = Math.min(count, payload.length - payloadBytes);
        System.arraycopy(buffer, at, payload, payloadBytes, kept);
        payloadBytes += kept;
    }

    private void finish() {
        frames++;
        headerBytes = 0;
        goAway |= header[3] == GOAWAY;
        for (int i = 0; frames == 1 && i + 6 <= payload.length; i += 6) {
            if (payload[i] == 0 && payload[i + 1] == MAX_CONCURRENT_STREAMS) {
                maxStreams = (payload[i + 2] & 0xFFL) << 24 | (payload[i + 3] & 0xFF) << 16
                        | (payload[i + 4] & 0xFF) << 8 | payload[i + 5] & 0xFF;
            }
        }
    }

    /**
     * {@return {@code noise} in quotes} Noise without a line end may have been cut; the text says so in a form that a redactor
     * understands.
     */
    private static String quote(String noise) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < noise.length(); i++) {
            char c = noise.charAt(i);
            text.append(c == '\n'
                    ? "\\n"
                    : Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c));
        }
        return text.append(noise.endsWith("\n") ? "\"" : " …\"").toString();
    }

    /** {@return the first bytes that are not a frame} */
    public synchronized Optional<String> noise() {
        return Optional.ofNullable(noise);
    }

    /** {@return whether the noise precedes the first frame} */
    public synchronized boolean isNoiseAtStart() {
        return noiseAtStart;
    }

    /** {@return whether the plugin has closed its standard output} A call that fails then got no answer. */
    boolean hasEnded() {
        return ended;
    }

    synchronized boolean hasFrames() {
        return frames > 0;
    }

    public synchronized boolean sawGoAway() {
        return goAway;
    }

    /** {@return the limit on concurrent streams in the first SETTINGS; empty if there is none, which means no limit} */
    public synchronized OptionalLong maxStreams() {
        return maxStreams < 0 ? OptionalLong.empty() : OptionalLong.of(maxStreams);
    }
}
