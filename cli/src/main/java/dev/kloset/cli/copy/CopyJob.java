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
 * Copies everything from an importer to an exporter. Each side runs on a thread of its own; whichever fails first ends the
 * other, and its failure is the one that is told.
 */
public final class CopyJob {

    // Enough that neither side waits for the other at every record, little enough to be no memory to speak of.
    private static final int PARCELS = 256;
    private static final int READ_AHEAD_PER_OPENING = 4;

    private final Importer importer;
    private final Exporter exporter;
    private final Duration patience;
    private final CopyReport report;
    private final Conveyor conveyor;
    private final ReadAhead readAhead;
    private final ParcelSink sink;
    private final ParcelSource source;
    private final BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(2);

    /** Prepares a copy. Both connectors stay with the caller, who closes them. */
    public CopyJob(Importer importer, Exporter exporter, CopySettings settings, CopyListener listener) {
        this(importer, exporter, settings, listener, Duration.ofSeconds(5));
    }

    /**
     * Prepares a copy.
     *
     * @param patience how long a cancelled side may take to end, before the caller closes it by force
     */
    CopyJob(Importer importer, Exporter exporter, CopySettings settings, CopyListener listener, Duration patience) {
        this.importer = importer;
        this.exporter = exporter;
        this.patience = patience;
        this.report = new CopyReport(listener);
        this.conveyor = new Conveyor(PARCELS, settings.concurrency() * READ_AHEAD_PER_OPENING);
        this.readAhead = new ReadAhead(settings.concurrency());
        this.sink = new ParcelSink(new SourcePaths(importer.root()), new DirectoryLedger(Instant.now()), settings,
                readAhead, conveyor, report);
        this.source = new ParcelSource(conveyor, report, settings.sourceGone());
    }

    /** {@return the counts, which grow while {@link #run} works} */
    public CopyCounts counts() {
        return report.counts();
    }

    /** {@return which side the other one waits for when nothing moves} */
    public String laggard() {
        return conveyor.isEmpty() ? "source" : "destination";
    }

    /**
     * Copy. Once. Records that fail are told to the listener and counted, and are no failure of the copy.
     *
     * @throws IOException if one of the sides failed as a whole
     * @throws InterruptedException if the calling thread was interrupted; both sides are told to stop before
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
        conveyor.end();
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

    /** After a copy that went well there is nothing left to stop. */
    private void stop(List<Thread> sides) throws InterruptedException {
        conveyor.abort();
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
                // Nobody has cancelled yet: the interrupt came from inside the connector.
                case InterruptedException e -> throw new IOException("the " + side + " was interrupted", e);
                case RuntimeException e -> throw e;
                case Error e -> throw new IOException("the " + side + " failed: " + Sentence.of(e), e);
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
