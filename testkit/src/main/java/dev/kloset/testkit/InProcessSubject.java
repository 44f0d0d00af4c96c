package dev.kloset.testkit;

import dev.kloset.Plugin;
import dev.kloset.sdk.InProcessPlugin;

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
        return new InProcessPeer(manner, (in, out) -> {
            InProcessPlugin served = InProcessPlugin.start(plugin, in, out);
            return new InProcessPeer.Served(served::awaitEnd, served::close);
        });
    }
}
