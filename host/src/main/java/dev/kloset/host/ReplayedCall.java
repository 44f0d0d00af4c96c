package dev.kloset.host;

import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.protobuf.DynamicMessage;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageDescriptor;
import dev.kloset.wire.protobuf.Rpc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One call of a replay. A thread of its own takes the plugin's answers, which then wait to be compared. */
final class ReplayedCall {

    static final String FINISHED = "the word that the import is finished";
    static final String NOTHING = "nothing";

    /** The number of answers that may wait here; further ones wait in the plugin. */
    private static final int MAX_WAITING = 1024;

    private final String method;
    private final ClientCall call;
    private final AnnouncedPaths announced;
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Map<String, Integer> recorded = new TreeMap<>();
    private final Map<String, Integer> actual = new TreeMap<>();
    private final UnaryOperator<String> hidden;
    private final Thread reader;

    /**
     * Begin to take answers.
     *
     * @param hidden turns the text of an error into the form that recordings contain
     */
    ReplayedCall(String method, ClientCall call, AnnouncedPaths announced, UnaryOperator<String> hidden) {
        this.method = method;
        this.hidden = hidden;
        this.call = call;
        this.announced = announced;
        this.reader = Thread.ofVirtual().name("replay of " + method).start(this::read);
    }

    String method() {
        return method;
    }

    ClientCall call() {
        return call;
    }

    /** {@return whether the order of the answers means nothing} */
    boolean isUnordered() {
        return method.equals(Rpc.IMPORTER + Rpc.IMPORT);
    }

    private void read() {
        try {
            try {
                for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                    answers.put(kind(message));
                }
                answers.put(status(StatusCode.OK.number(), ""));
            } catch (StatusException e) {
                answers.put(status(e.status().code().number(), hidden.apply(e.status().message())));
            } catch (IOException | RuntimeException | Error e) {
                answers.put("a failure: " + hidden.apply(Sentence.of(e)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the replay no longer waits for answers
        }
    }

    private String kind(ByteBuffer message) {
        try {
            Map<String, Object> tree = DynamicMessage.decode(MessageDescriptor.answer(method), message);
            String kind = kind(tree);
            if (tree.get("record") instanceof Map<?, ?> record && record.get("pathname") instanceof String path) {
                announced.add(path);
            }
            return kind;
        } catch (MalformedMessageException e) {
            return "a message that cannot be read";
        }
    }

    /** {@return the kind of a message} The kind is the same for a message and for its form in a recording. */
    static String kind(Map<?, ?> message) {
        if (Boolean.TRUE.equals(message.get("finished"))) {
            return FINISHED;
        }
        if (message.get("record") instanceof Map<?, ?> record) {
            return record.get("error") instanceof String error && !error.isEmpty()
                    ? "an error record"
                    : Boolean.TRUE.equals(record.get("isXattr")) ? "the record of an attribute" : "a record";
        }
        if (message.get("result") instanceof Map<?, ?> result) {
            return result.get("error") instanceof String error && !error.isEmpty() ? "a failed result" : "a result";
        }
        return message.isEmpty() ? "an empty message" : "a message with " + String.join(", ", names(message));
    }

    private static List<String> names(Map<?, ?> message) {
        return message.keySet().stream().map(String::valueOf).sorted().toList();
    }

    static String status(long code, String text) {
        for (StatusCode known : StatusCode.values()) {
            if (known.number() == code) {
                return "status " + known + (text.isEmpty() ? "" : ": " + text);
            }
        }
        return "status " + code + ": " + text;
    }

    /** {@return the next answer; {@link #NOTHING} if none comes in time} */
    String next(Duration patience) throws InterruptedException {
        String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return answer == null ? NOTHING : answer;
    }

    void count(String inRecording, String fromPlugin) {
        recorded.merge(inRecording, 1, Integer::sum);
        actual.merge(fromPlugin, 1, Integer::sum);
    }

    String recordedCounts() {
        return counts(recorded);
    }

    String actualCounts() {
        return counts(actual);
    }

    private static String counts(Map<String, Integer> counted) {
        List<String> words = new ArrayList<>();
        counted.forEach((kind, times) -> words.add(times + " times " + kind));
        return String.join(", ", words);
    }

    void close() {
        call.cancel();
        reader.interrupt();
    }
}
