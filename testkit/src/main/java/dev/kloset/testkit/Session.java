package dev.kloset.testkit;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.StoreInitRequest;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One process under test and the connection to it. Every wait ends: a missing answer is a {@link ClauseFailedException}
 * that says so, and a status other than OK is a {@link StatusException} as everywhere. Any thread.
 */
final class Session implements AutoCloseable {

    private static final Duration DEATH = Duration.ofMillis(700);
    private static final Duration ORPHANS = Duration.ofMillis(1500);

    final Peer peer;
    final FrameWatch watch;
    final Bench bench;
    private final GrpcClient client;
    private final long started = System.nanoTime();
    private volatile boolean answered;
    private volatile boolean killed;

    Session(Bench bench, Peer peer, GrpcLimits limits) {
        this.bench = bench;
        this.peer = peer;
        this.watch = new FrameWatch(peer.fromPlugin());
        bench.ground.watch(watch);
        this.client = GrpcClient.connect(watch, peer.toPlugin(), limits);
    }

    /** Wait for the first frame. */
    void awaitReady() throws Exception {
        Duration patience = bench.ground.settings.startsWithin();
        try {
            client.awaitReady(patience);
            bench.took("the start of the plugin", Duration.ofNanos(System.nanoTime() - started));
        } catch (IOException e) {
            // A pipe that broke before is no silence, even if its process has not quite ended yet.
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
        return switch (bench.kind()) {
            case IMPORTER -> "/importer.Importer/" + method;
            case EXPORTER -> "/plakar.exporter.Exporter/" + method;
            case STORAGE -> "/store.Store/" + method;
        };
    }

    /** {@return the request with which a host begins} */
    ByteBuffer initRequest(Map<String, String> config) {
        String proto = Location.parse(config.getOrDefault("location", "fs:///")).proto();
        return bench.kind() == Kind.STORAGE
                ? new StoreInitRequest(proto, config).encode()
                : new InitRequest(bench.ground.settings.options(), proto, config).encode();
    }

    /** Init as a host does it. */
    Identity init() throws Exception {
        return Bench.needs(Clause.L01, () -> {
            try {
                return Identity.of(unary("Init", initRequest(bench.config())));
            } catch (StatusException e) {
                throw new ClauseFailedException("an answer to Init", words(e));
            }
        });
    }

    /** {@return the answer} */
    Fields unary(String method, ByteBuffer request) throws Exception {
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

    Fields unary(String method) throws Exception {
        return unary(method, ByteBuffer.allocate(0));
    }

    /** {@return the status with which a call fails that must fail} */
    StatusException refused(String method, ByteBuffer request, String expected) throws Exception {
        try {
            unary(method, request);
        } catch (StatusException e) {
            return e;
        }
        throw new ClauseFailedException(expected, method + " was answered with OK");
    }

    /** Ping, which shows that process and connection live. The answer may be an error. */
    void assertAlive(String after) throws Exception {
        try {
            unary("Ping");
        } catch (StatusException e) {
            if (e.status().code() == StatusCode.UNIMPLEMENTED) {
                return; // an answer all the same
            }
        } catch (ClauseFailedException e) {
            throw new ClauseFailedException("the process lives on after " + after, e.failure().seen());
        }
    }

    Call call(String method) throws Exception {
        String path = path(method);
        try {
            return new Call(this, method, path, client.call(path));
        } catch (IOException e) {
            throw broken(method, e);
        }
    }

    /** {@return what to throw about a connection that is gone: whose fault that is decides which clause fails} */
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

    /** The plugin has answered a call. */
    void isAnswered() {
        answered = true;
    }

    boolean isBroken() {
        return client.failure() != null || watch.hasEnded();
    }

    static String words(StatusException e) {
        return e.status().code() + ": " + e.status().message();
    }

    /** Close standard input, as the end of the host does. */
    void closeInput() {
        client.close();
    }

    /** Wait until the process has ended. {@return whether it did, in the time that a plugin has for that} */
    boolean awaitEnd() throws InterruptedException {
        return peer.awaitEnd(bench.ground.settings.endsWithin());
    }

    /** End the process as an interrupted host does. */
    void kill() {
        killed = true;
        peer.kill();
        client.close();
        peer.clear();
    }

    /** End it in an orderly way, and by force if it does not. */
    @Override
    public void close() {
        try {
            if (!killed) {
                boolean lives = answered && peer.death().isEmpty();
                client.close();
                awaitEnd();
                lookForOrphans();
                if (lives) {
                    bench.ground.watchedChildren();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            kill();
            bench.ground.holders(peer.holders());
        }
    }

    private void lookForOrphans() throws InterruptedException {
        long deadline = System.nanoTime() + ORPHANS.toNanos();
        List<String> left = peer.children();
        while (!left.isEmpty() && !peer.death().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(50); // nothing tells when a process ends that is no child of ours
            left = peer.children();
        }
        if (!peer.death().isEmpty()) {
            bench.ground.orphans(left);
            if (answered) {
                bench.ground.watchedEnd();
            }
        }
    }
}
