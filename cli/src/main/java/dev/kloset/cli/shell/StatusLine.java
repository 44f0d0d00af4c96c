package dev.kloset.cli.shell;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Redraws the status several times a second, on a thread of its own, until it is closed. Where no line can be redrawn, it writes a
 * line of text now and then.
 */
public final class StatusLine implements AutoCloseable {

    /** Shows nothing. */
    public static final StatusLine NONE = new StatusLine(null);

    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(100);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final @Nullable Thread thread;

    private StatusLine(@Nullable Thread thread) {
        this.thread = thread;
    }

    public static StatusLine show(Terminal terminal, Supplier<String> text) {
        return show(terminal, terminal.showsStatus() ? BETWEEN_PICTURES : BETWEEN_LINES, text);
    }

    /** @param pause between two pictures or lines */
    public static StatusLine show(Terminal terminal, Duration pause, Supplier<String> text) {
        return new StatusLine(Thread.ofPlatform().daemon().name("status-line").start(() -> {
            try {
                while (true) {
                    Thread.sleep(pause);
                    show(terminal, text.get());
                }
            } catch (InterruptedException e) {
                terminal.clearStatus();
            }
        }));
    }

    private static void show(Terminal terminal, String text) {
        if (terminal.showsStatus()) {
            terminal.status(text);
        } else {
            terminal.remark("kloset: " + text);
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
            Threads.join(thread, Duration.ofSeconds(1));
        }
    }
}
