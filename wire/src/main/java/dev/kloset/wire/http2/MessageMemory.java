package dev.kloset.wire.http2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for messages that do not fit into the windows of their streams. A stream claims everything that its message needs at
 * once, and gives it back when the application has finished the message; so a message that has its memory can always be
 * completed. Further claims wait, in order. Nothing here blocks a thread.
 */
final class MessageMemory {

    /** What one stream waits for. */
    private record Claim(StreamWindow window, int bytes) {}

    // guarded by this
    private long left;
    private final ArrayDeque<Claim> waiting = new ArrayDeque<>(); // at most one of each stream

    MessageMemory(long bytes) {
        this.left = bytes;
    }

    /** Grant {@code bytes} to {@code window}, now or later. The caller must not hold the window's lock. */
    void claim(StreamWindow window, int bytes) {
        synchronized (this) {
            if (!waiting.isEmpty() || bytes > left) {
                waiting.add(new Claim(window, bytes));
                return;
            }
            left -= bytes;
        }
        window.granted(bytes);
    }

    /** {@code window} no longer needs what it waits for. */
    void withdraw(StreamWindow window) {
        List<Claim> next;
        synchronized (this) {
            waiting.removeIf(claim -> claim.window() == window);
            next = next();
        }
        grant(next);
    }

    /** Take back what a window has been granted. The caller must not hold the window's lock. */
    void giveBack(int bytes) {
        if (bytes == 0) {
            return;
        }
        List<Claim> next;
        synchronized (this) {
            left += bytes;
            next = next();
        }
        grant(next);
    }

    private List<Claim> next() {
        List<Claim> next = new ArrayList<>();
        for (Claim first = waiting.peek(); first != null && first.bytes() <= left; first = waiting.peek()) {
            left -= first.bytes();
            next.add(waiting.remove());
        }
        return next;
    }

    private static void grant(List<Claim> claims) {
        for (Claim claim : claims) {
            claim.window().granted(claim.bytes());
        }
    }
}
