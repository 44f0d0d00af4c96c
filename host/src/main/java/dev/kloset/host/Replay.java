package dev.kloset.host;

import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.CallCancelledException;
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
 * Does to a plugin what a host did in a recording, in the order of the recording, and compares the answers: for each call
 * their kinds, their number and the status. Not for several threads.
 */
public final class Replay implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PluginProcess plugin;
    private final RecordedMessage messages;
    private final Map<Integer, ReplayedCall> calls = new HashMap<>();
    private final Announced announced = new Announced();
    private long compared;
    private boolean hostEnded;
    private boolean cut;

    private Replay(PluginProcess plugin, Map<String, String> config) {
        this.plugin = plugin;
        this.messages = new RecordedMessage(config);
    }

    /** The first answer that was not as recorded. */
    private static final class DifferenceException extends IOException {

        private static final long serialVersionUID = 1;

        DifferenceException(String message) {
            super(message);
        }
    }

    /**
     * How a replay came out.
     *
     * @param answers how many answers were as recorded
     * @param difference what was different then, in a sentence
     */
    public record Outcome(long answers, Optional<String> difference) {}

    /**
     * Replay a recording against a plugin, which is started for it.
     *
     * @param config the settings of the connector: the recording has their keys only
     * @throws IOException if the recording cannot be read, or says too little
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
                return; // it was over
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
                    // Nothing that a host does in a call.
                }
            }
        } catch (CallCancelledException e) {
            // The plugin has ended the call; what it says is compared when its turn comes.
        }
    }

    private void send(RecordedEvent event, ReplayedCall call) throws IOException, InterruptedException {
        if (!(event.fields().get("message") instanceof Map<?, ?> message)) {
            throw new IOException("line " + event.line() + " of the recording does not say what the host sent");
        }
        String pathname = pathname(message);
        if (pathname != null && call.method().startsWith("/importer.Importer/")
                && !announced.await(messages.reveal(pathname), PATIENCE)) {
            throw new DifferenceException("at line " + event.line() + " the host speaks of " + pathname
                    + ", of which the plugin has not said anything within " + PATIENCE.toSeconds() + " s");
        }
        ByteBuffer bytes = messages.encode(call.method(), message);
        call.call().send(bytes);
    }

    /** {@return of which record an acknowledgement or an Open speaks} */
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
                // Headers say nothing that matters.
            }
        }
    }

    /** Records may come in any order: only how many there are of each kind is compared, when the last one is there. */
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
