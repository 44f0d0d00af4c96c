package dev.kloset.cli.copy;

import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Copies everything from an importer to an exporter. Each side runs on a thread of its own. The side that fails first ends the
 * other, and the copy reports that first failure.
 */
public final class CopyJob {

    // Enough that neither side waits for the other at every record, and few enough that their memory does not matter.
    private static final int ITEMS = 256;
    private static final int READ_AHEAD_PER_OPENING = 4;

    private final Importer importer;
    private final Exporter exporter;
    private final Duration patience;
    private final CopyReport report;
    private final CopyQueue queue;
    private final ReadAhead readAhead;
    private final QueueingSink sink;
    private final QueueSource source;
    private final BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(2);

    /** Prepare a copy. The caller keeps both connectors and closes them. */
    public CopyJob(Importer importer, Exporter exporter, CopySettings settings, CopyListener listener) {
        this(importer, exporter, settings, listener, Duration.ofSeconds(5));
    }

    /**
     * Prepare a copy.
     *
     * @param patience how long a cancelled side may take to end, before the caller closes it by force
     */
    CopyJob(Importer importer, Exporter exporter, CopySettings settings, CopyListener listener, Duration patience) {
        this.importer = importer;
        this.exporter = exporter;
        this.patience = patience;
        this.report = new CopyReport(listener);
        this.queue = new CopyQueue(ITEMS, settings.concurrency() * READ_AHEAD_PER_OPENING);
        this.readAhead = new ReadAhead(settings.concurrency());
        this.sink = new QueueingSink(new SourcePaths(importer.root()), new DirectoryLedger(Instant.now()), settings,
                readAhead, queue, report);
        this.source = new QueueSource(queue, report, settings.sourceGone());
    }

    /** {@return the counts, which grow while {@link #run} works} */
    public CopyCounts counts() {
        return report.counts();
    }

    /** {@return the side that keeps the other waiting when nothing moves} */
    public String laggard() {
        return queue.isEmpty() ? "source" : "destination";
    }

    /**
     * Copy. Call it once. A record that fails is reported to the listener and counted, but does not fail the copy.
     *
     * @throws IOException if one of the sides failed as a whole
     * @throws InterruptedException if the calling thread was interrupted; both sides have then been asked to stop
     */
    public void run() throws IOException, InterruptedException {
        List<Thread> sides = List.of(start("importer", this::runImporter), start("exporter", this::runExporter));
        try {
            Outcome first = outcomes.take();
            if (first.failure == null) {
                first = outcomes.take();
            }
            first.rethrow();
            report.settle();
        } finally {
            stop(sides);
        }
    }

    private void runImporter() throws IOException, InterruptedException {
        importer.importRecords(sink);
        queue.end();
    }

    private void runExporter() throws IOException, InterruptedException {
        try {
            exporter.exportRecords(source, report);
        } finally {
            source.finishCurrent();
        }
        if (!source.isEnded()) {
            throw new IOException("the destination stopped before everything was copied");
        }
    }

    private Thread start(String name, Side side) {
        return Thread.ofPlatform().daemon().name("copy-" + name).start(() -> {
            Throwable failure = null;
            try {
                side.run();
            } catch (IOException | InterruptedException | RuntimeException | Error e) {
                failure = e;
            }
            outcomes.add(new Outcome(name, failure));
        });
    }

    /** Stop what still runs. After a successful copy there is nothing left to stop. */
    private void stop(List<Thread> sides) throws InterruptedException {
        queue.abort();
        readAhead.close();
        sides.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread side : sides) {
            side.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    private interface Side {
        void run() throws IOException, InterruptedException;
    }

    private record Outcome(String side, @Nullable Throwable failure) {

        void rethrow() throws IOException {
            switch (failure) {
                case null -> {
                }
                case IOException e -> throw e;
                // No cancellation has happened yet: the interrupt came from inside the connector.
                case InterruptedException e -> throw new IOException("the " + side + " was interrupted", e);
                case RuntimeException e -> throw e;
                case Error e -> throw new IOException("the " + side + " failed: " + Sentence.of(e), e);
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
