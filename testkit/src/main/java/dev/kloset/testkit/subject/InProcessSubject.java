package dev.kloset.testkit.subject;

import dev.kloset.Plugin;
import dev.kloset.sdk.InProcessPlugin;

/** A plugin in this process, behind pipes in memory. */
public final class InProcessSubject implements Subject {

    private final Plugin plugin;
    private final PipeProfile profile;

    /** Serve {@code plugin} in this process, over pipes with this profile. */
    public InProcessSubject(Plugin plugin, PipeProfile profile) {
        this.plugin = plugin;
        this.profile = profile;
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
        return profile.windowBytes();
    }

    @Override
    public Peer start() {
        return new InProcessPeer(profile, (in, out) -> {
            InProcessPlugin served = InProcessPlugin.start(plugin, in, out);
            return new InProcessPeer.Served(served::awaitEnd, served::close);
        });
    }
}
