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

    /** How long the plugin may take to end after the pipe broke, so that a message can include its exit status. */
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

    /** {@return the watcher of the calls for which this plugin keeps its host waiting} */
    LateAnswers late() {
        return late;
    }

    /**
     * {@return the answer to Init}
     *
     * @param connector the connector that the plugin should have, such as {@code an exporter for foo://}
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
     * @param patience the limit for the whole call, including the time until the plugin takes it
     */
    ByteBuffer unary(String path, ByteBuffer request, Duration patience) throws IOException, InterruptedException {
        try (LateAnswers.Wait _ = late.forAnswer(path); ClientCall call = client.call(path, patience)) {
            return call.unary(request);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** As {@link #unary(String, ByteBuffer, Duration)} without a limit: for work that may take any length of time. */
    ByteBuffer unary(String path, ByteBuffer request) throws IOException, InterruptedException {
        try (LateAnswers.Wait _ = late.forAnswer(path); ClientCall call = client.call(path)) {
            return call.unary(request);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Decodes a message. */
    interface Decoder<T> {
        T decode(ByteBuffer message) throws IOException;
    }

    /** {@return the decoded {@code message}} */
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

    /** {@return the exception that explains {@code cause} to the user} */
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
            // Once the process has ended, the state of its pipes explains nothing.
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
