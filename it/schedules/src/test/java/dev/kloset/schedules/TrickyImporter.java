package dev.kloset.schedules;

import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** An importer as tired authors write it. */
final class TrickyImporter extends TrickyConnector implements Importer {

    private static final int CROWD = 3;
    private static final long LOOK_AGAIN_NANOS = 200_000;
    private static final int FEW = 5;
    private static final int MANY = 500; // some of these wait for acknowledgements

    private final AuthorPlan plan;
    private final Contents contents;
    private final Emissions emissions;
    private final Map<String, Given> given = new ConcurrentHashMap<>();

    TrickyImporter(AuthorPlan plan, Stage stage, Contents contents, Emissions emissions) {
        super(stage);
        this.plan = plan;
        this.contents = contents;
        this.emissions = emissions;
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        stage.enter();
        try {
            for (int number = 0; number < plan.records(); number++) {
                Trick trick = stage.next("Listing");
                if (trick == Trick.UP_CALL) {
                    int from = number;
                    UpCall.run(() -> emitAll(records, from));
                    return;
                }
                if (!list(records, number, trick)) {
                    return;
                }
            }
        } finally {
            emissions.over();
            stage.leave();
        }
    }

    private void emitAll(RecordSink records, int from) throws IOException, InterruptedException {
        for (int number = from; number < plan.records(); number++) {
            emit(records, number);
        }
    }

    /** {@return whether the listing goes on} */
    private boolean list(RecordSink records, int number, Trick trick) throws IOException, InterruptedException {
        switch (trick) {
            case LATE -> stage.aside(() -> {
                emissions.awaitOver();
                emit(records, "/late" + number, listener(records));
            });
            case FULL_ROOM -> {
                leaveFull(records, number);
                return false;
            }
            case CROWD -> {
                for (int worker = 0; worker < CROWD; worker++) {
                    String name = "/crowd" + number + "-" + worker + "-";
                    stage.aside(() -> {
                        for (int i = 0; i < (plan.hold() > MANY ? MANY : FEW); i++) {
                            emit(records, name + i, listener(records));
                        }
                    });
                }
                if (number % 2 == 0) {
                    return false;
                }
            }
            case DYING_WORKER -> stage.start(() -> {
                try {
                    emit(records, "/worker" + number, listener(records));
                } catch (IOException | InterruptedException e) {
                    return;
                }
                emissions.workerDies();
                throw new IllegalStateException("for a schedule");
            }).join();
            case TWICE -> emit(records, number);
            case MISFIT -> misfit(records, number);
            default -> {
                // Done below, or has no effect.
            }
        }
        if (trick.isThrown() || trick.isEndless()) {
            stage.perform(trick);
        }
        emit(records, number);
        if (trick == Trick.FLAG) {
            stage.perform(trick);
        }
        return true;
    }

    /** Return while threads wait for room, which only the host can make. */
    private void leaveFull(RecordSink records, int number) throws InterruptedException {
        emissions.freeze();
        AtomicInteger working = new AtomicInteger(CROWD);
        for (int worker = 0; worker < CROWD; worker++) {
            String name = "/full" + number + "-" + worker + "-";
            stage.aside(() -> {
                try {
                    for (int i = 0; i < MANY; i++) {
                        emit(records, name + i, listener(records));
                    }
                } finally {
                    working.decrementAndGet();
                }
            });
        }
        while (!emissions.isRoomFull() && working.get() > 0) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("the listing was cancelled");
            }
        }
    }

    /** Emit nothing at all, then a record with an invalid name. */
    @SuppressWarnings("NullAway") // that is the trick
    private void misfit(RecordSink records, int number) throws IOException, InterruptedException {
        try {
            records.emit(null);
        } catch (NullPointerException e) {
            // The author goes on.
        }
        String pathname = "/misfit" + number;
        FileInfo info = FileInfo.directory("a/b", Instant.EPOCH);
        emissions.emit(records, pathname, FileRecord.received(pathname, info, "", List.of(), 0, null),
                listener(records));
    }

    private void emit(RecordSink records, int number) throws IOException, InterruptedException {
        String pathname = "/f" + number;
        if (plan.contentBytes() == 0) {
            emit(records, pathname, listener(records));
            return;
        }
        int length = Samples.length(number, plan.contentBytes());
        Content content = () -> open(pathname, length);
        FileRecord record = FileRecord.file(pathname, length, Instant.EPOCH,
                plan.readsAhead() ? content.withReadAhead() : content);
        emissions.emit(records, pathname, record, listener(records));
    }

    @SuppressWarnings("NullAway") // a trick may be to return null
    private Given open(String pathname, int length) throws IOException {
        Given stream = Given.open(stage, "Content", contents, length);
        if (stream != null) {
            given.put(pathname, stream);
        }
        return stream;
    }

    private void emit(RecordSink records, String pathname, Consumer<ConnectorResult> listener)
            throws IOException, InterruptedException {
        FileInfo info = FileInfo.directory(pathname.substring(1), Instant.EPOCH);
        emissions.emit(records, pathname, FileRecord.of(pathname, info), listener);
    }

    private Consumer<ConnectorResult> listener(RecordSink records) {
        return result -> {
            Trick trick = stage.next("Listener");
            if (trick != Trick.EMIT_IN_LISTENER) {
                stage.performUnchecked(trick);
                return;
            }
            try {
                emit(records, result.record().pathname() + "-again", _ -> {});
            } catch (IOException | IllegalStateException e) {
                // Behave well.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** {@return what was handed over of a content} */
    Optional<Given> given(String pathname) {
        return Optional.ofNullable(given.get(pathname));
    }
}
