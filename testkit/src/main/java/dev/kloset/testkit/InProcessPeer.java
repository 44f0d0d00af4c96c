package dev.kloset.testkit;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** One start of a plugin in this process, between two pipes in memory. */
final class InProcessPeer implements Peer {

    /** Starts a plugin at the end of two streams. */
    interface Start {
        Served serve(InputStream in, OutputStream out);
    }

    /** Waits for the end of a plugin. */
    interface End {
        /** {@return whether it has ended within {@code patience}} */
        boolean await(Duration patience) throws InterruptedException;
    }

    /**
     * A plugin that was started.
     *
     * @param close ends it
     */
    record Served(End end, Runnable close) {}

    private final MemoryPipe toPlugin;
    private final MemoryPipe fromPlugin;
    private final Served served;

    InProcessPeer(PipeManner manner, Start start) {
        this.toPlugin = new MemoryPipe(manner);
        this.fromPlugin = new MemoryPipe(manner);
        this.served = start.serve(toPlugin.in(), fromPlugin.out());
    }

    @Override
    public InputStream fromPlugin() {
        return fromPlugin.in();
    }

    @Override
    public OutputStream toPlugin() {
        return toPlugin.out();
    }

    @Override
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return served.end().await(patience);
    }

    @Override
    public String death() throws InterruptedException {
        return awaitEnd(Duration.ofMillis(1)) ? "the plugin has ended" : "";
    }

    @Override
    public String complaints() {
        return "";
    }

    @Override
    public List<String> children() {
        return List.of();
    }

    @Override
    public void kill() {
        toPlugin.cut();
        fromPlugin.cut();
        served.close().run();
    }

    @Override
    public void clear() {
        kill();
    }
}
