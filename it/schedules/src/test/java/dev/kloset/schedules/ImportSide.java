package dev.kloset.schedules;

import dev.kloset.Connector;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A hostile importer and its host, which opens contents, and acknowledges at once or later. */
final class ImportSide implements Side {

    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private record Held(Consumer<ConnectorResult> listener, ConnectorRecord record) {}

    private final AuthorPlan plan;
    private final Contents contents;
    private final IntConsumer boundary;
    private final TrickyImporter author;
    private final Plugin plugin;
    private final Emissions emissions = new Emissions();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final CopyOnWriteArrayList<Thread> readers = new CopyOnWriteArrayList<>();
    private final Queue<Held> held = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private volatile @Nullable Importer importer;

    /**
     * @param boundary receives the number of records that have come
     */
    ImportSide(AuthorPlan plan, Stage stage, Contents contents, IntConsumer boundary) {
        this.plan = plan;
        this.contents = contents;
        this.boundary = boundary;
        this.author = new TrickyImporter(plan, stage, contents, emissions);
        this.plugin = Plugin.builder("author").importer("test", _ -> author.value(author)).build();
    }

    @Override
    public Plugin plugin() {
        return plugin;
    }

    @Override
    public @Nullable Connector connector() {
        return importer;
    }

    @Override
    public void interrupt() {
        readers.forEach(Thread::interrupt);
    }

    @Override
    public void use(HostUser.Source host) throws IOException, InterruptedException {
        Importer remote = host.importer();
        importer = remote;
        Thread late = Thread.ofPlatform().daemon().name("acknowledging").start(this::acknowledgeLate);
        boolean done = false;
        try {
            remote.importRecords(new RecordSink() {
                @Override
                public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
                    receive(record, onResult);
                }
            });
            done = true;
        } finally {
            over = true;
            if (!done) {
                interrupt(); // the rest is not needed
            }
            join(late);
            for (Thread reader : readers) {
                join(reader);
            }
        }
    }

    /** Wait for a thread that will end, even if interrupted. */
    static void join(Thread thread) {
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
        emissions.received(record);
        boundary.accept(emissions.receivedCount());
        if (record instanceof FileRecord file && file.content().isPresent() && file.info().size() % 3 > 0) {
            readers.add(Thread.ofPlatform().daemon().name("reading").start(() -> {
                read(file);
                acknowledge(onResult, record);
            }));
        } else {
            acknowledge(onResult, record);
        }
    }

    private void acknowledge(Consumer<ConnectorResult> listener, ConnectorRecord record) {
        if (plan.hold() == 0) {
            emissions.acknowledging();
            listener.accept(ConnectorResult.ok(record));
        } else {
            held.add(new Held(listener, record));
        }
    }

    /** Send the acknowledgements held back, once there are as many as planned or no more records come. */
    private void acknowledgeLate() {
        int before = -1;
        while (!over) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            int now = held.size();
            if (!emissions.isFrozen() && (now >= plan.hold() || now == before)) {
                Held one;
                while (!emissions.isFrozen() && (one = held.poll()) != null) {
                    emissions.acknowledging();
                    one.listener().accept(ConnectorResult.ok(one.record()));
                }
            }
            before = now;
        }
    }

    private void read(FileRecord file) {
        try (InputStream in = file.content().orElseThrow().open()) {
            if (file.info().size() % 3 == 1) {
                in.readNBytes(1); // the rest is reset
                return;
            }
            byte[] bytes = in.readAllBytes();
            Optional<Given> given = author.given(file.pathname());
            int handed = given.map(Given::handed).orElse(-1);
            if (!Arrays.equals(bytes, contents.bytes(bytes.length)) || bytes.length != handed) {
                found.add("the content of " + file.pathname() + " came with " + bytes.length
                        + " bytes and an end, but was given with " + handed);
            }
        } catch (IOException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                found.add("the content of " + file.pathname() + " failed without a sentence");
            }
        }
    }

    @Override
    public int came() {
        return emissions.receivedCount();
    }

    @Override
    public void judge(boolean ok, Queue<String> defects) throws InterruptedException {
        defects.addAll(found);
        emissions.judge(ok, defects);
    }
}
