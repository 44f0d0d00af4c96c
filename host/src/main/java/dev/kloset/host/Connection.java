package dev.kloset.host;

import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Calls to one plugin, with every failure turned into a {@link PluginException}. */
final class Connection {

    /** After the pipe broke: how long the plugin may take to end, so that its exit status can be told. */
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(2);

    private final PluginCommand command;
    private final GrpcClient client;
    private final Process process;
    private final StderrTail stderr;
    private final LateAnswers late;

    Connection(PluginCommand command, GrpcClient client, Process process, StderrTail stderr) {
        this.command = command;
        this.client = client;
        this.process = process;
        this.stderr = stderr;
        this.late = LateAnswers.of(command);
    }

    /** {@return what reports the calls that this plugin keeps its host waiting for} */
    LateAnswers late() {
        return late;
    }

    /**
     * {@return the answer to Init}
     *
     * @param connector what the plugin should have, such as {@code an exporter for foo://}
     */
    ByteBuffer init(String path, ByteBuffer request, String connector) throws IOException, InterruptedException {
        try {
            return unary(path, request, command.initTimeout());
        } catch (PluginException e) {
            String others = e.getCause() instanceof StatusException status
                    && status.status().code() == StatusCode.UNIMPLEMENTED ? OfferedKinds.of(client) : "";
            throw others.isEmpty()
                    ? e
                    : PluginException.complete("plugin " + command.name() + " offers " + others + " only, not "
                            + connector, e);
        }
    }

    ClientCall call(String path) throws IOException, InterruptedException {
        try {
            return client.call(path);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * {@return the answer to one request}
     *
     * @param patience for the whole call, also for the plugin to take it
     */
    ByteBuffer unary(String path, ByteBuffer request, Duration patience) throws IOException, InterruptedException {
        try (LateAnswers.Wait _ = late.forAnswer(path); ClientCall call = client.call(path, patience)) {
            return call.unary(request);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** As {@link #unary(String, ByteBuffer, Duration)} without a limit: for work whose duration nobody can know. */
    ByteBuffer unary(String path, ByteBuffer request) throws IOException, InterruptedException {
        try (LateAnswers.Wait _ = late.forAnswer(path); ClientCall call = client.call(path)) {
            return call.unary(request);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Reads a message. */
    interface Decoder<T> {
        T decode(ByteBuffer message) throws IOException;
    }

    /** {@return what {@code message} says} */
    <T> T decode(Decoder<T> decoder, ByteBuffer message) throws PluginException {
        try {
            return decoder.decode(message);
        } catch (IOException e) {
            throw new PluginException("plugin " + command.name() + " sent something malformed: " + Sentence.of(e), e);
        }
    }

    /** Wait until the plugin speaks HTTP/2. */
    void awaitReady() throws IOException, InterruptedException {
        try {
            client.awaitReady(command.handshakeTimeout());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    PluginCommand command() {
        return command;
    }

    /** {@return what to tell the user about {@code cause}} */
    PluginException failure(IOException cause) throws InterruptedException {
        if (cause instanceof PluginException known) {
            return known;
        }
        String plugin = "plugin " + command.name();
        if (cause instanceof StatusException status && status.status().code() == StatusCode.UNIMPLEMENTED) {
            return new PluginException(plugin + " does not know a call that Plakar v1.1 makes: "
                    + Sentence.of(cause) + " (is it built for an older Plakar?)", cause);
        }
        if (isOfTheConnection(cause)) {
            Optional<String> death = death();
            // Of a process that has ended, the state of its pipes is no reason.
            return death.isPresent()
                    ? PluginException.complete(plugin + " " + death.get(), cause)
                    : new PluginException(plugin + ": " + Sentence.of(cause), cause);
        }
        return new PluginException(plugin + ": " + Sentence.of(cause), cause);
    }

    private static boolean isOfTheConnection(IOException cause) {
        return !(cause instanceof StatusException status) || status.status().code() == StatusCode.UNAVAILABLE;
    }

    private Optional<String> death() throws InterruptedException {
        if (!process.waitFor(EXIT_PATIENCE)) {
            return Optional.empty();
        }
        String said = stderr.last();
        return Optional.of("ended with exit status " + process.exitValue()
                + (said.isEmpty() ? " and said nothing" : " and said: " + said));
    }
}
