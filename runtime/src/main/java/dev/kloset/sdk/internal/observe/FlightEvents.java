package dev.kloset.sdk.internal.observe;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.sdk.internal.log.SecretRedactor;
import dev.kloset.support.Sentence;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * Reports events to the JVM's flight recorder. Loaded only while it records: the module {@code jdk.jfr} may be missing, and the
 * tool that finds the modules of a package leaves this class out, by its name.
 */
final class FlightEvents implements Observer {

    private final FlightRecordings recordings = new FlightRecordings();

    FlightEvents() {
        recordings.begin();
    }

    /** A call of the host. */
    @Name("dev.kloset.Call")
    @Label("Call")
    @Category("Kloset")
    @StackTrace(false)
    static final class Call extends Event {
        @Label("Method")
        String method = "";

        @Label("Failure")
        @Nullable
        String failure;
    }

    /** A record, at the moment when it is sent or received. */
    @Name("dev.kloset.Record")
    @Label("Record")
    @Category("Kloset")
    @StackTrace(false)
    static final class Sent extends Event {
        @Label("Path")
        String path = "";

        @Label("Kind")
        String kind = "";
    }

    /** The answer to a record. */
    @Name("dev.kloset.Result")
    @Label("Result")
    @Category("Kloset")
    @StackTrace(false)
    static final class Answer extends Event {
        @Label("Path")
        String path = "";

        @Label("Failure")
        @Nullable
        String failure;
    }

    /** A content, from its opening to its end. */
    @Name("dev.kloset.Content")
    @Label("Content")
    @Category("Kloset")
    @StackTrace(false)
    static final class Transfer extends Event {
        @Label("Content")
        String content = "";

        @Label("To the host")
        boolean toHost;

        @Label("Bytes")
        @DataAmount
        long bytes;

        @Label("Failure")
        @Nullable
        String failure;
    }

    /** A wait for the host. */
    @Name("dev.kloset.Wait")
    @Label("Wait")
    @Category("Kloset")
    @StackTrace(false)
    @Threshold("1 ms")
    static final class Pause extends Event {
        @Label("Waits for")
        String reason = "";
    }

    /** A content that went to the host has another size than its record. */
    @Name("dev.kloset.SizeDifference")
    @Label("Size difference")
    @Category("Kloset")
    @StackTrace(false)
    static final class Difference extends Event {
        @Label("Path")
        String path = "";

        @Label("Announced")
        @DataAmount
        long announced;

        @Label("Sent")
        @DataAmount
        long sent;
    }

    /** A retry. */
    @Name("dev.kloset.Retry")
    @Label("Retry")
    @Category("Kloset")
    static final class Again extends Event {
        @Label("Reason")
        String reason = "";
    }

    @Override
    public Span call(String path) {
        Call event = new Call();
        event.begin();
        return (_, failure) -> {
            event.end();
            if (event.shouldCommit()) {
                event.method = path;
                event.failure = words(failure);
                event.commit();
            }
        };
    }

    @Override
    public Span content(String name, Direction direction) {
        Transfer event = new Transfer();
        event.begin();
        return (bytes, failure) -> {
            event.end();
            if (event.shouldCommit()) {
                event.content = hide(name);
                event.toHost = direction == Direction.TO_HOST;
                event.bytes = bytes;
                event.failure = words(failure);
                event.commit();
            }
        };
    }

    @Override
    public Span waiting(Wait wait) {
        Pause event = new Pause();
        event.begin();
        return (_, _) -> {
            event.end();
            if (event.shouldCommit()) {
                event.reason = wait.words();
                event.commit();
            }
        };
    }

    @Override
    public void record(ConnectorRecord record) {
        Sent event = new Sent();
        if (event.shouldCommit()) {
            event.path = hide(record.pathname());
            event.kind = switch (record) {
                case FileRecord _ -> "file";
                case XattrRecord _ -> "attribute";
                case ErrorRecord _ -> "error";
            };
            event.commit();
        }
    }

    @Override
    public void result(ConnectorRecord record, @Nullable String error) {
        Answer event = new Answer();
        if (event.shouldCommit()) {
            event.path = hide(record.pathname());
            event.failure = error == null ? null : hide(error);
            event.commit();
        }
    }

    @Override
    public void sizeDiffers(String pathname, long announced, long sent) {
        Difference event = new Difference();
        if (event.shouldCommit()) {
            event.path = hide(pathname);
            event.announced = announced;
            event.sent = sent;
            event.commit();
        }
    }

    @Override
    public void retry(String reason) {
        Again event = new Again();
        if (event.shouldCommit()) {
            event.reason = hide(reason);
            event.commit();
        }
    }

    @Override
    public void save() throws InterruptedException {
        recordings.save();
    }

    private static @Nullable String words(@Nullable Throwable failure) {
        return failure == null ? null : hide(Sentence.of(failure));
    }

    private static String hide(String text) {
        return SecretRedactor.ofThisProcess().hide(text);
    }
}
