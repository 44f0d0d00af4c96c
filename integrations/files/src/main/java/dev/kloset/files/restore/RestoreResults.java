package dev.kloset.files.restore;

import dev.kloset.ConnectorRecord;
import dev.kloset.ResultSink;
import dev.kloset.files.restore.node.RestoreReason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reports to the host what became of each record. If the host is gone, the first failure is kept for the code that runs the
 * restore: a worker could do nothing about it, and it must not count as a failure of the record. Safe for any number of
 * threads.
 */
final class RestoreResults {

    private final ResultSink sink;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    RestoreResults(ResultSink sink) {
        this.sink = sink;
    }

    /** Report a restored record, as an error if a part of it was not restored. */
    void restored(ConnectorRecord record, List<String> problems) {
        report(record,
                problems.isEmpty() ? null : "restored " + record.pathname() + ", but " + String.join("; ", problems));
    }

    void failed(ConnectorRecord record, Exception reason) {
        report(record, "cannot restore " + record.pathname() + ": " + RestoreReason.of(reason));
    }

    private void report(ConnectorRecord record, @Nullable String error) {
        try {
            if (error == null) {
                sink.ok(record);
            } else {
                sink.error(record, error);
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            failure.compareAndSet(null, e);
            Thread.currentThread().interrupt();
        }
    }

    /** Throw the first failure to report, if there was one. */
    void check() throws IOException, InterruptedException {
        Exception first = failure.get();
        if (first instanceof InterruptedException interrupt) {
            Thread.interrupted();
            throw interrupt;
        }
        if (first != null) {
            throw new IOException(first.getMessage(), first);
        }
    }
}
