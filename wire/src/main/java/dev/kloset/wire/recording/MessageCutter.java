package dev.kloset.wire.recording;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Cuts the content of one direction of a stream into messages. A message too large to keep is only measured. */
final class MessageCutter {

    private static final int PREFIX_BYTES = 5;
    private static final int MAX_BYTES = 16 << 20;
    private static final byte[] NOTHING = {};

    private final Budget budget;
    private final byte[] prefix = new byte[PREFIX_BYTES];
    private int prefixed;
    private byte[] body = NOTHING;
    private boolean kept;
    private long length;
    private long got;

    MessageCutter(Budget budget) {
        this.budget = budget;
    }

    /** How much all cutters together may hold. */
    static final class Budget {
        private long left;

        Budget(long bytes) {
            left = bytes;
        }

        boolean take(long bytes) {
            if (bytes > left) {
                return false;
            }
            left -= bytes;
            return true;
        }

        void give(long bytes) {
            left += bytes;
        }
    }

    /** Take content; {@code taker} receives each message that becomes complete, with its length, and null if it was not kept. */
    void add(byte[] bytes, int offset, int count, BiConsumer<Long, @Nullable ByteBuffer> taker) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            if (prefixed < PREFIX_BYTES) {
                prefix[prefixed++] = bytes[at++];
                if (prefixed < PREFIX_BYTES) {
                    continue;
                }
                begin();
            }
            int part = (int) Math.min(end - at, length - got);
            if (kept) {
                keep(bytes, at, part);
            }
            got += part;
            at += part;
            if (got == length) {
                prefixed = 0;
                taker.accept(length, kept ? ByteBuffer.wrap(body, 0, (int) length) : null);
                release();
            }
        }
    }

    private void begin() {
        length = ByteBuffer.wrap(prefix, 1, 4).getInt() & 0xFFFF_FFFFL;
        got = 0;
        kept = prefix[0] == 0 && length <= MAX_BYTES;
    }

    private void keep(byte[] bytes, int at, int count) {
        int needed = (int) got + count;
        if (body.length < needed) {
            int larger = (int) Math.min(length, Math.max(2L * body.length, needed));
            if (!budget.take(larger - body.length)) {
                release();
                kept = false;
                return;
            }
            body = Arrays.copyOf(body, larger);
        }
        System.arraycopy(bytes, at, body, (int) got, count);
    }

    /** Give the memory back. */
    void release() {
        budget.give(body.length);
        body = NOTHING;
    }
}
