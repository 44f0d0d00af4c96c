package dev.kloset.host;

import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.protobuf.Rpc;
import dev.kloset.wire.recording.RecordedEvent;
import dev.kloset.wire.recording.RecordedMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Repeats to a plugin what a host did in a recording, in the same order, and compares the answers: for each call their kinds,
 * their number and the status. Not thread-safe.
 */
public final class Replay implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PluginProcess plugin;
    private final RecordedMessage messages;
    private final Map<Integer, ReplayedCall> calls = new HashMap<>();
    private final AnnouncedPaths announced = new AnnouncedPaths();
    private long compared;
    private boolean hostEnded;
    private boolean cut;

    private Replay(PluginProcess plugin, Map<String, String> config) {
        this.plugin = plugin;
        this.messages = new RecordedMessage(config);
    }

    /** Reports the first answer that differs from the recording. */
    private static final class DifferenceException extends IOException {

        private static final long serialVersionUID = 1;

        DifferenceException(String message) {
            super(message);
        }
    }

    /**
     * The outcome of a replay.
     *
     * @param answers how many answers matched the recording
     * @param difference the first difference after them, in a sentence
     */
    public record Outcome(long answers, Optional<String> difference) {}

    /**
     * Start a plugin and replay a recording against it.
     *
     * @param config the settings of the connector, of which the recording contains only the keys
     * @throws IOException if the recording cannot be read, or contains too little
     */
    public static Outcome run(Path recording, PluginCommand command, Map<String, String> config)
            throws IOException, InterruptedException {
        try (PluginProcess plugin = PluginProcess.start(command); Replay replay = new Replay(plugin, config)) {
            try {
                RecordedEvent.read(recording, replay::play);
            } catch (DifferenceException e) {
                return new Outcome(replay.compared, Optional.of(Sentence.of(e)));
            }
            return new Outcome(replay.compared, Optional.empty());
        }
    }

    private void play(RecordedEvent event) throws IOException, InterruptedException {
        if (hostEnded || cut) {
            return;
        }
        if (event.stream() == 0) {
            connection(event);
        } else if (event.event().equals("call")) {
            String method = event.text("method");
            calls.put(event.stream(),
                    new ReplayedCall(method, plugin.client().call(method), announced, messages::hideInError));
        } else {
            ReplayedCall call = calls.get(event.stream());
            if (call == null) {
                return; // the call was over
            }
            if (event.fromHost()) {
                host(event, call);
            } else {
                plugin(event, call);
            }
        }
    }

    private void connection(RecordedEvent event) throws IOException, InterruptedException {
        if (event.event().equals("end") || event.event().equals("lost")) {
            hostEnded = event.fromHost();
            cut = !event.fromHost();
        }
        if (cut) {
            for (ReplayedCall call : calls.values()) {
                compare(event, call, "the end of the connection", call.next(PATIENCE));
            }
        }
    }

    private void host(RecordedEvent event, ReplayedCall call) throws IOException, InterruptedException {
        try {
            switch (event.event()) {
                case "message" -> send(event, call);
                case "half-close" -> call.call().halfClose();
                case "reset" -> {
                    call.close();
                    calls.remove(event.stream());
                }
                default -> {
                    // The host does nothing else within a call.
                }
            }
        } catch (CallCancelledException e) {
            // The plugin has ended the call; its status is compared in turn.
        }
    }

    private void send(RecordedEvent event, ReplayedCall call) throws IOException, InterruptedException {
        if (!(event.fields().get("message") instanceof Map<?, ?> message)) {
            throw new IOException("line " + event.line() + " of the recording does not say what the host sent");
        }
        String pathname = pathname(message);
        if (pathname != null && call.method().startsWith(Rpc.IMPORTER)
                && !announced.await(messages.reveal(pathname), PATIENCE)) {
            throw new DifferenceException("at line " + event.line() + " the host names " + pathname
                    + ", which the plugin has not sent within " + PATIENCE.toSeconds() + " s");
        }
        ByteBuffer bytes = messages.encode(call.method(), message);
        call.call().send(bytes);
    }

    /** {@return the path of the record to which an acknowledgement or an Open refers} */
    private static @Nullable String pathname(Map<?, ?> message) {
        Object record = message.get("result") instanceof Map<?, ?> result
                ? result.get("header")
                : message.get("record");
        return record instanceof Map<?, ?> fields && fields.get("pathname") instanceof String path ? path : null;
    }

    private void plugin(RecordedEvent event, ReplayedCall call) throws IOException, InterruptedException {
        switch (event.event()) {
            case "message" -> {
                String kind = event.fields().get("message") instanceof Map<?, ?> message
                        ? ReplayedCall.kind(message)
                        : "a message that cannot be read";
                if (call.isUnordered()) {
                    countRecord(event, call, kind);
                } else {
                    compare(event, call, kind, call.next(PATIENCE));
                }
            }
            case "status" -> {
                compare(event, call, ReplayedCall.status(event.number("code"), event.text("text")),
                        call.next(PATIENCE));
                forget(event, call);
            }
            case "reset" -> {
                if (!call.next(PATIENCE).startsWith("status")) {
                    throw new DifferenceException("at line " + event.line() + " the recording has the end of "
                            + call.method() + ", but the plugin goes on");
                }
                forget(event, call);
            }
            default -> {
                // Headers contain nothing that matters here.
            }
        }
    }

    /** Records may come in any order, so only their number is compared, for each kind, once the last record is there. */
    private void countRecord(RecordedEvent event, ReplayedCall call, String kind)
            throws IOException, InterruptedException {
        String actual = call.next(PATIENCE);
        call.count(kind, actual);
        if (kind.equals(ReplayedCall.FINISHED) || actual.equals(ReplayedCall.FINISHED) || actual.startsWith("status")
                || actual.equals(ReplayedCall.NOTHING)) {
            compare(event, call, call.recordedCounts(), call.actualCounts());
        } else {
            compared++;
        }
    }

    private void compare(RecordedEvent event, ReplayedCall call, String recorded, String actual)
            throws DifferenceException {
        boolean same = recorded.equals(actual)
                || recorded.equals("the end of the connection") && actual.startsWith("status UNAVAILABLE");
        if (!same) {
            throw new DifferenceException("at line " + event.line() + " (" + call.method() + " on stream "
                    + event.stream() + ") the recording has " + recorded + ", the plugin gave " + actual);
        }
        compared++;
    }

    private void forget(RecordedEvent event, ReplayedCall call) {
        calls.remove(event.stream());
        call.close();
    }

    @Override
    public void close() {
        calls.values().forEach(ReplayedCall::close);
    }
}
