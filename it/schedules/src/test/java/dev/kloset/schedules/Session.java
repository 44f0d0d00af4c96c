package dev.kloset.schedules;

import dev.kloset.host.InProcessHost;
import dev.kloset.sdk.ProcessLikePlugin;
import dev.kloset.wire.PipePair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One plan, carried out in this process over pipes in memory. */
final class Session {

    private static final Duration BOUND = Duration.ofSeconds(30);
    /** How long a user waits for a silent plugin before giving up. */
    private static final long PATIENCE_MILLIS = 10;

    private final Plan plan;
    private final Path directory;
    private final Contents contents;

    Session(Plan plan, Path directory, Contents contents) {
        this.plan = plan;
        this.directory = directory;
        this.contents = contents;
    }

    /** {@return the outcome} Fails if the session does not end, or has an outcome that it must not have. */
    String run() throws IOException, InterruptedException {
        String outcome = plan.role() == Plan.Role.HOSTILE_HOST ? hostileHost() : hostilePlugin();
        if (contents.openCount() > 0) {
            throw new AssertionError(contents.openCount() + " contents were never closed");
        }
        return outcome;
    }

    private String hostileHost() throws InterruptedException {
        PipePair pipes = PipePair.of(plan.pipeBytes(), plan.readBytes());
        Wire wire = Wire.host(pipes, plan.cutAfter());
        ProcessLikePlugin plugin = new ProcessLikePlugin(new Samples(contents, directory).plugin(),
                pipes.toServer().in(),
                pipes.toClient().out(), plan.limits());
        HostileHost host = new HostileHost(plan, new Script(plan, wire), contents, wire);
        Bounded session = new Bounded("host", host::run);
        String outcome = session.within(BOUND);
        wire.kill(); // whatever the host has done: now it is gone
        if (!plugin.endsWithin(Duration.ofSeconds(5))) {
            throw new AssertionError("the plugin does not end although the host is gone");
        }
        if (plugin.failure() != null) {
            throw new AssertionError("the plugin cannot end", plugin.failure());
        }
        return outcome;
    }

    private String hostilePlugin() throws InterruptedException {
        PipePair pipes = PipePair.of(plan.pipeBytes(), plan.readBytes());
        Wire wire = Wire.plugin(pipes, plan.cutAfter());
        Script script = new Script(plan, wire);
        HostilePlugin plugin = new HostilePlugin(plan, script, contents, wire);
        String outcome;
        try (InProcessHost host = new InProcessHost(pipes.toClient().in(), pipes.toServer().out(), plan.limits())) {
            HostUser user = new HostUser(plan, contents, plugin::saidComplete);
            Bounded session = new Bounded("user", () -> user.use(HostUser.source(host, plan.config())));
            if (plan.has(Fault.SILENCE) && !session.endsBefore(script)) {
                session.interrupt();
            }
            outcome = session.within(BOUND);
        }
        wire.kill();
        new Bounded("plugin", () -> {
            plugin.end();
            return "";
        }).within(BOUND);
        return outcome;
    }

    /** Work on a thread of its own that must end in time. */
    private static final class Bounded {

        interface Work {
            String run() throws Exception;
        }

        private final String name;
        private final Thread thread;
        private volatile String result = "";
        private volatile @Nullable Throwable failure;

        Bounded(String name, Work work) {
            this.name = name;
            this.thread = Thread.ofVirtual().name("session of the " + name).start(() -> {
                try {
                    result = work.run();
                } catch (Throwable e) {
                    failure = e;
                }
            });
        }

        void interrupt() {
            thread.interrupt();
        }

        /** {@return whether the work ended after the other end fell silent and some time passed} */
        boolean endsBefore(Script script) throws InterruptedException {
            while (thread.isAlive()) {
                if (script.silent().await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return thread.join(Duration.ofMillis(PATIENCE_MILLIS));
                }
            }
            return true;
        }

        String within(Duration bound) throws InterruptedException {
            if (!thread.join(bound)) {
                AssertionError hang = new AssertionError("the " + name + " hangs");
                hang.setStackTrace(thread.getStackTrace());
                thread.interrupt();
                throw hang;
            }
            if (failure != null) {
                throw new AssertionError(failure.getMessage(), failure);
            }
            return result;
        }
    }
}
