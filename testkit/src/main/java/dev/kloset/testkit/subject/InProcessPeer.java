package dev.kloset.testkit.subject;

import dev.kloset.wire.stdio.MemoryPipe;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** One run of a plugin in this process, between two pipes in memory. */
final class InProcessPeer implements Peer {

    /** Starts a plugin at the far end of two streams. */
    interface Start {
        Served serve(InputStream in, OutputStream out);
    }

    /** Waits for the end of a plugin. */
    interface End {
        /** {@return whether the plugin has ended within {@code patience}} */
        boolean await(Duration patience) throws InterruptedException;
    }

    /**
     * A running plugin.
     *
     * @param close ends the plugin
     */
    record Served(End end, Runnable close) {}

    private final MemoryPipe toPlugin;
    private final MemoryPipe fromPlugin;
    private final Served served;

    InProcessPeer(PipeProfile profile, Start start) {
        this.toPlugin = ProfileThrottle.pipe(profile);
        this.fromPlugin = ProfileThrottle.pipe(profile);
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
