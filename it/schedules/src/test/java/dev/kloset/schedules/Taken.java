package dev.kloset.schedules;

import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;

/**
 * What an author's readers have taken from one stream of the SDK. Chance decides which reader gets which bytes, so bytes are
 * counted by their value. Safe for several threads.
 */
final class Taken {

    private static final int[] SIZES = { 1, 7, 4096 };

    private final String name;
    private final byte[] whole;
    private final long[] counts = new long[256]; // guarded by this
    private long total; // guarded by this
    private boolean ended; // guarded by this; a reader has seen the end

    Taken(String name, byte[] whole) {
        this.name = name;
        this.whole = whole;
    }

    /** Read to the end. {@return how many bytes this reader got} */
    long all(InputStream in) throws IOException {
        return some(in, Long.MAX_VALUE);
    }

    /** Read a part, or all of a very short stream. */
    long part(InputStream in) throws IOException {
        return some(in, 1 + whole.length / 3);
    }

    private long some(InputStream in, long limit) throws IOException {
        byte[] buffer = new byte[SIZES[whole.length % SIZES.length]];
        long mine = 0;
        while (mine < limit) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, limit - mine));
            if (count < 0) {
                end();
                return mine;
            }
            add(buffer, count);
            mine += count;
        }
        return mine;
    }

    private synchronized void end() {
        ended = true;
    }

    private synchronized void add(byte[] buffer, int count) {
        for (int i = 0; i < count; i++) {
            counts[buffer[i] & 0xFF]++;
        }
        total += count;
    }

    /** {@return whether a reader has seen the end} */
    synchronized boolean isEnded() {
        return ended;
    }

    /** Judge the bytes, after all readers have gone: an end that one of them has seen must have been the true one. */
    synchronized void judge(Queue<String> defects) {
        for (byte b : whole) {
            counts[b & 0xFF]--;
        }
        for (long count : counts) {
            if (count > 0) {
                defects.add("the readers of " + name + " got bytes that the host did not send: " + total + " of "
                        + whole.length);
                return;
            }
        }
        if (ended && total != whole.length) {
            defects.add("a reader of " + name + " was told the end when " + total + " of " + whole.length
                    + " bytes had been read");
        }
    }
}
