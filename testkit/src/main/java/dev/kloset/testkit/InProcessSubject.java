package dev.kloset.testkit;

import dev.kloset.Plugin;
import dev.kloset.sdk.InProcessPlugin;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** A plugin in this process, behind pipes in memory. */
public final class InProcessSubject implements Subject {

    private final Plugin plugin;
    private final PipeManner manner;

    /** Serve {@code plugin} in this process, over pipes of this manner. */
    public InProcessSubject(Plugin plugin, PipeManner manner) {
        this.plugin = plugin;
        this.manner = manner;
    }

    @Override
    public String name() {
        return plugin.name() + " (in process)";
    }

    @Override
    public boolean isProcess() {
        return false;
    }

    @Override
    public int windowBytes() {
        return manner.windowBytes();
    }

    @Override
    public Peer start() {
        return new InProcessPeer(new MemoryPipe(manner), new MemoryPipe(manner), plugin);
    }

    /** One start. */
    private static final class InProcessPeer implements Peer {

        private final MemoryPipe toPlugin;
        private final MemoryPipe fromPlugin;
        private final InProcessPlugin served;

        InProcessPeer(MemoryPipe toPlugin, MemoryPipe fromPlugin, Plugin plugin) {
            this.toPlugin = toPlugin;
            this.fromPlugin = fromPlugin;
            this.served = InProcessPlugin.start(plugin, toPlugin.in(), fromPlugin.out());
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
            return served.awaitEnd(patience);
        }

        @Override
        public String death() throws InterruptedException {
            return served.awaitEnd(Duration.ofMillis(1)) ? "the plugin has ended" : "";
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
            served.close();
        }

        @Override
        public void clear() {
            kill();
        }
    }
}
