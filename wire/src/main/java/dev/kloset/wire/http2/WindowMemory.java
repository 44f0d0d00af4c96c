package dev.kloset.wire.http2;

import dev.kloset.wire.frame.Frame;
import java.util.function.IntConsumer;

/** How much memory all streams of one connection may hold beyond their first windows. */
final class WindowMemory {

    private final StreamWindow.Sizes sizes;
    private final WindowBudget growth;
    private final MessageMemory messages;

    WindowMemory(Http2Limits limits) {
        int max = Math.max(limits.initialStreamWindow(), limits.maxStreamWindow());
        this.sizes = new StreamWindow.Sizes(limits.initialStreamWindow(),
                Math.clamp(limits.usualStreamWindow(), limits.initialStreamWindow(), max), max);
        this.growth = new WindowBudget(limits.maxWindowMemory());
        this.messages = new MessageMemory(limits.maxMessageMemory());
    }

    /** {@return how much more than its window a stream may receive from an end that does not know our windows yet} */
    int tolerance() {
        return Math.max(0, Frame.DEFAULT_WINDOW - sizes.initial());
    }

    /** {@return whether there is memory for that many bytes} It belongs to the window that is made with it. */
    boolean takeTolerance(int bytes) {
        return bytes == 0 || growth.take(bytes);
    }

    /** Take memory that cannot be refused. */
    void chargeTolerance(int bytes) {
        growth.charge(bytes);
    }

    StreamWindow window(int tolerance, IntConsumer announce) {
        return new StreamWindow(sizes, tolerance, growth, messages, announce);
    }
}
