package dev.kloset.schedules;

import dev.kloset.Connector;
import dev.kloset.host.InProcessHost;
import dev.kloset.schedules.AuthorPlan.Event;
import dev.kloset.sdk.ProcessLikePlugin;
import dev.kloset.wire.PipePair;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One session with a hostile author in this process. The session's own threads are platform threads, because an author may
 * occupy all others.
 */
final class AuthorSession {

    private static final Duration BOUND = Duration.ofSeconds(Integer.getInteger("schedules.bound", 30));
    private static final Map<String, String> CONFIG = Map.of("location", "test://x");
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final long LOOK_AGAIN_NANOS = 500_000;
    private static final long PATIENCE_MILLIS = 5;

    private final AuthorPlan plan;
    private final Contents contents;
    private final PipePair pipes;
    private final Wire wire;
    private final Stage stage;
    private final Side side;
    private final AtomicBoolean happened = new AtomicBoolean();
    private final Queue<String> defects = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread user;
    private volatile @Nullable Thread closing;
    private volatile String outcome = "";

    AuthorSession(AuthorPlan plan, Contents contents) {
        this.plan = plan;
        this.contents = contents;
        this.pipes = PipePair.of(plan.pipeBytes(), plan.readBytes());
        this.wire = Wire.host(pipes, -1);
        this.stage = new Stage(plan, () -> at(-1));
        this.side = switch (plan.kind()) {
            case IMPORTER -> new ImportSide(plan, stage, contents, this::at);
            case EXPORTER -> new ExportSide(plan, stage, contents, this::at);
            case STORAGE -> new StoreSide(plan, stage, contents, this::at);
        };
    }

    /** {@return the outcome} Fails if the session does not end, or has an outcome that it must not have. */
    String run() throws InterruptedException {
        ProcessLikePlugin plugin = new ProcessLikePlugin(side.plugin(), pipes.toServer().in(), pipes.toClient().out(),
                plan.limits(), SHORT);
        try (InProcessHost host = new InProcessHost(wire.in(), wire.out(), plan.limits())) {
            Thread using = Thread.ofPlatform()
                    .daemon()
                    .name("user")
                    .unstarted(() -> use(HostUser.source(host, CONFIG)));
            user = using;
            using.start();
            giveUpWhenStuck(using);
            within(using, "the host");
            if (closing != null) {
                within(closing, "the close");
            }
        } finally {
            wire.kill(); // whatever has happened: now the host is gone
            try {
                if (!plugin.endsWithin(Duration.ofSeconds(10))) {
                    defects.add("the plugin does not end although the host is gone");
                }
                if (plugin.failure() != null) {
                    defects.add("the plugin cannot end: " + plugin.failure());
                }
            } finally {
                stage.release();
            }
        }
        awaitAuthor();
        side.judge(outcome.equals("ok"), defects);
        if (!defects.isEmpty()) {
            throw new AssertionError(String.join("\n", defects) + "\nthe session: " + outcome);
        }
        return outcome;
    }

    private void use(HostUser.Source host) {
        outcome = outcome(host);
        Connector connector = side.connector();
        if (connector != null && !(happened.get() && isBroken())) {
            live(connector);
        }
    }

    private String outcome(HostUser.Source host) {
        try {
            side.use(host);
            return Thread.interrupted() ? "interrupted by the user" : "ok";
        } catch (InterruptedException e) {
            return "interrupted by the user";
        } catch (IOException e) {
            if (Thread.interrupted()) {
                return "interrupted by the user";
            }
            requireSentence(e);
            return happened.get() && isBroken() ? "connection broke" : "got a reason";
        } catch (RuntimeException | Error e) {
            defects.add("the host failed: " + e);
            return "defect";
        }
    }

    private void requireSentence(IOException e) {
        if (e.getMessage() == null || e.getMessage().isBlank() || e.getMessage().contains("\n")) {
            defects.add("a failure without a sentence: " + e);
        }
    }

    /** Use the connector: whatever has become of other calls, the next ones get an answer. */
    private void live(Connector connector) {
        try {
            connector.ping();
            if (!stage.isStuck()) {
                connector.close(); // if the connector is stuck, this takes its five seconds
            }
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains(" within ")) {
                defects.add("the connection is stuck: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            // The user has given up.
        }
    }

    private boolean isBroken() {
        return plan.event() == Event.END || plan.event() == Event.KILL;
    }

    /** Give up after some time, like a user whose plugin is stuck. */
    private void giveUpWhenStuck(Thread using) throws InterruptedException {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (using.isAlive() && System.nanoTime() < deadline) {
            if (stage.stuck().await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!using.join(Duration.ofMillis(PATIENCE_MILLIS))) {
                    interrupt(using);
                }
                return;
            }
        }
    }

    private void interrupt(@Nullable Thread using) {
        side.interrupt();
        if (using != null) {
            using.interrupt();
        }
    }

    /** Let the event happen if the host has reached its boundary, or the author misbehaves. */
    private void at(int boundary) {
        if (boundary != plan.eventAt() || happened.getAndSet(true)) {
            return;
        }
        switch (plan.event()) {
            case NONE -> {
                // This plan has no event.
            }
            case CANCEL -> interrupt(user);
            case CLOSE -> close();
            case END -> wire.cut();
            case KILL -> wire.kill();
        }
    }

    private void close() {
        Connector connector = side.connector();
        if (connector != null && !stage.isStuck()) {
            closing = Thread.ofPlatform().daemon().name("closing").start(() -> {
                try {
                    connector.close();
                } catch (IOException | RuntimeException e) {
                    // The author's close may fail.
                }
            });
        }
    }

    private void within(Thread thread, String name) throws InterruptedException {
        if (!thread.join(BOUND)) {
            AssertionError hang = new AssertionError(name + " hangs");
            hang.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            throw hang;
        }
    }

    /** Let the author's code run to its end; until then it may read and emit. */
    private void awaitAuthor() throws InterruptedException {
        long deadline = System.nanoTime() + BOUND.toNanos();
        // Contents of cancelled calls are closed on other threads.
        while ((stage.inside() > 0 || contents.openCount() > 0) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        if (stage.inside() > 0) {
            defects.add(stage.inside() + " calls of the author's never returned");
        }
        if (contents.openCount() > 0) {
            defects.add(contents.openCount() + " contents were never closed");
        }
        for (Thread aside : stage.asides()) {
            within(aside, "a thread of the author's");
        }
    }
}
