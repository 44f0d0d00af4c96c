package dev.kloset.testkit.connection;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.subject.Peer;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.protobuf.Rpc;
import dev.kloset.wire.store.StoreInitRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One process under test and the connection to it. Every wait ends: a missing answer is a {@link ClauseFailedException} that
 * says so, and a status other than OK is a {@link StatusException}, as usual. Any thread.
 */
public final class PluginConnection implements AutoCloseable {

    private static final Duration DEATH = Duration.ofMillis(700);
    private static final Duration ORPHANS = Duration.ofMillis(1500);

    public final Peer peer;
    public final FrameWatch watch;
    public final CheckContext context;
    private final GrpcClient client;
    private final long started = System.nanoTime();
    private volatile boolean answered;
    private volatile boolean killed;

    PluginConnection(CheckContext context, Peer peer, GrpcLimits limits) {
        this.context = context;
        this.peer = peer;
        this.watch = new FrameWatch(peer.fromPlugin());
        context.runContext.watch(watch);
        this.client = GrpcClient.connect(watch, peer.toPlugin(), limits);
    }

    /** Wait for the first frame. */
    void awaitReady() throws Exception {
        Duration patience = context.runContext.settings.startsWithin();
        try {
            client.awaitReady(patience);
            context.took("the start of the plugin", Duration.ofNanos(System.nanoTime() - started));
        } catch (IOException e) {
            // A pipe that broke earlier is not silence, even if its process has not quite ended yet.
            boolean late = System.nanoTime() - started >= patience.toNanos();
            if (late && watch.noise().isEmpty() && !watch.hasFrames() && peer.death().isEmpty()) {
                throw new BlockedException(Clause.T03, "a SETTINGS frame within " + patience.toSeconds() + " s",
                        "nothing at all for " + patience.toSeconds() + " s");
            }
            throw broken("the start", e);
        }
    }

    /** {@return the path of a method of this kind of connector} */
    String path(String method) {
        return Rpc.service(context.kind()) + method;
    }

    /** {@return the request with which a host begins} */
    public ByteBuffer initRequest(Map<String, String> config) {
        String proto = Location.parse(config.getOrDefault("location", "fs:///")).proto();
        return context.kind() == Kind.STORAGE
                ? new StoreInitRequest(proto, config).encode()
                : new InitRequest(context.runContext.settings.options(), proto, config).encode();
    }

    /** Send Init as a host does. */
    public Identity init() throws Exception {
        return CheckContext.needs(Clause.L01, () -> {
            try {
                return Identity.of(unary("Init", initRequest(context.config())));
            } catch (StatusException e) {
                throw new ClauseFailedException("an answer to Init", words(e));
            }
        });
    }

    /** {@return the answer} */
    public RawMessage unary(String method, ByteBuffer request) throws Exception {
        try (Call call = call(method)) {
            call.send(request);
            call.halfClose();
            byte[] answer = call.receive();
            if (answer == null) {
                throw new ClauseFailedException("an answer to " + method, "OK without a message");
            }
            call.awaitEnd();
            return call.parse(answer);
        }
    }

    public RawMessage unary(String method) throws Exception {
        return unary(method, ByteBuffer.allocate(0));
    }

    /** {@return the status of a call that must fail} */
    public StatusException refused(String method, ByteBuffer request, String expected) throws Exception {
        try {
            unary(method, request);
        } catch (StatusException e) {
            return e;
        }
        throw new ClauseFailedException(expected, method + " was answered with OK");
    }

    /** Send Ping, to show that process and connection live. The answer may be an error. */
    public void assertAlive(String after) throws Exception {
        try {
            unary("Ping");
        } catch (StatusException e) {
            if (e.status().code() == StatusCode.UNIMPLEMENTED) {
                return; // still an answer
            }
        } catch (ClauseFailedException e) {
            throw new ClauseFailedException("the process lives on after " + after, e.failure().seen());
        }
    }

    public Call call(String method) throws Exception {
        String path = path(method);
        try {
            return new Call(this, method, path, client.call(path));
        } catch (IOException e) {
            throw broken(method, e);
        }
    }

    /** {@return the exception for a connection that is gone: its type decides which clause fails} */
    Exception broken(String during, IOException cause) throws InterruptedException {
        String noise = watch.noise().orElse(null);
        if (noise != null) {
            Clause clause = watch.isNoiseAtStart() ? Clause.T01 : Clause.T02;
            return new BlockedException(clause, "frames of HTTP/2 only", "standard output says " + noise);
        }
        peer.awaitEnd(DEATH);
        String death = peer.death();
        String seen = death.isEmpty() ? "the connection broke: " + cause.getMessage() : death;
        return new ClauseFailedException("an answer to " + during, seen);
    }

    /** Record that the plugin has answered a call. */
    void isAnswered() {
        answered = true;
    }

    boolean isBroken() {
        return client.failure() != null || watch.hasEnded();
    }

    public static String words(StatusException e) {
        return e.status().code() + ": " + e.status().message();
    }

    /** Close standard input, as a host does when it ends. */
    public void closeInput() {
        client.close();
    }

    /**
     * Wait until the process has ended.
     *
     * @return whether it did so within the time a plugin has to end
     */
    public boolean awaitEnd() throws InterruptedException {
        return peer.awaitEnd(context.runContext.settings.endsWithin());
    }

    /** End the process as an interrupted host does. */
    public void kill() {
        killed = true;
        peer.kill();
        client.close();
        peer.clear();
    }

    /** End the process in an orderly way, or by force if it does not end. */
    @Override
    public void close() {
        try {
            if (!killed) {
                boolean lives = answered && peer.death().isEmpty();
                client.close();
                awaitEnd();
                lookForOrphans();
                if (lives) {
                    context.runContext.watchedChildren();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            kill();
            context.runContext.holders(peer.holders());
        }
    }

    private void lookForOrphans() throws InterruptedException {
        long deadline = System.nanoTime() + ORPHANS.toNanos();
        List<String> left = peer.children();
        while (!left.isEmpty() && !peer.death().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(50); // the system does not report the end of a process that is not our child
            left = peer.children();
        }
        if (!peer.death().isEmpty()) {
            context.runContext.orphans(left);
            if (answered) {
                context.runContext.watchedEnd();
            }
        }
    }
}
