package dev.kloset.schedules;

import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** An exporter as tired authors write it. */
final class TrickyExporter extends TrickyConnector implements Exporter {

    private static final int CROWD = 3;

    private final Contents contents;
    private final Answers answers;
    private final Map<String, Taken> taken = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    TrickyExporter(Stage stage, Contents contents, Answers answers) {
        super(stage);
        this.contents = contents;
        this.answers = answers;
    }

    /** {@return what was read from the contents} */
    Collection<Taken> taken() {
        return taken.values();
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        stage.enter();
        try {
            handleAll(records, results);
        } finally {
            over.countDown();
            stage.leave();
        }
    }

    private void handleAll(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        for (ConnectorRecord record = records.next(); record != null; record = records.next()) {
            Trick trick = stage.next("Record");
            answers.handling(record, trick);
            if (trick == Trick.UP_CALL) {
                ConnectorRecord first = record;
                UpCall.run(() -> {
                    handle((FileRecord) first, trick, records, results);
                    handleAll(records, results);
                });
                return;
            }
            handle((FileRecord) record, trick, records, results);
        }
    }

    private void handle(FileRecord record, Trick trick, RecordSource records, ResultSink results)
            throws IOException, InterruptedException {
        Taken bytes = new Taken(record.pathname(), contents.bytes((int) record.info().size()));
        taken.put(record.pathname(), bytes);
        if (record.content().isEmpty()) {
            answers.ok(results, record);
            return;
        }
        try (InputStream in = record.content().get().open()) {
            read(record, in, bytes, trick, records, results);
        }
    }

    private void read(FileRecord record, InputStream in, Taken bytes, Trick trick, RecordSource records,
            ResultSink results) throws IOException, InterruptedException {
        switch (trick) {
            case FLAG -> {
                bytes.part(in);
                stage.perform(trick);
                if (bytes.isEnded()) {
                    answers.ok(results, record);
                } else {
                    results.error(record, new IOException("the far end is slow"));
                }
            }
            case READ_ASIDE -> {
                stage.aside(() -> bytes.all(in)).join();
                answers.ok(results, record);
            }
            case TWO_READERS -> {
                Thread other = stage.aside(() -> bytes.all(in));
                bytes.all(in);
                other.join();
                answers.ok(results, record);
            }
            case LEAVE_A_READER -> {
                stage.aside(() -> bytes.all(in));
                answers.ok(results, record);
            }
            case CROWD -> {
                for (int i = 0; i < CROWD; i++) {
                    stage.aside(() -> {
                        bytes.all(in);
                        answers.ok(results, record);
                    });
                }
            }
            case THROW_BESIDE_A_READER -> {
                stage.aside(() -> bytes.all(in));
                throw new IOException("the far end is full");
            }
            case READ_AFTERWARDS -> readAfterwards(record, in, bytes, results);
            case PART -> {
                bytes.part(in);
                answers.ok(results, record);
            }
            case ANSWER_ASIDE -> {
                bytes.all(in);
                stage.aside(() -> answers.ok(results, record));
            }
            case ANSWER_TWICE -> {
                bytes.all(in);
                answers.ok(results, record);
                results.error(record, "no, it was not");
            }
            case NO_ANSWER -> bytes.part(in);
            case NEXT_ASIDE -> {
                bytes.all(in);
                answers.ok(results, record);
                stage.aside(() -> handleAll(records, results));
            }
            case LATE -> {
                bytes.part(in);
                stage.aside(() -> {
                    over.await();
                    tryAll(() -> bytes.all(in), () -> answers.ok(results, record), records::next);
                });
            }
            default -> {
                bytes.part(in);
                stage.perform(trick);
                bytes.all(in);
                answers.ok(results, record);
            }
        }
    }

    private void readAfterwards(FileRecord record, InputStream in, Taken bytes, ResultSink results)
            throws IOException, InterruptedException {
        if (record.info().size() % 2 == 0) {
            answers.ok(results, record);
        } else {
            in.close();
        }
        tryAll(() -> bytes.all(in));
        answers.ok(results, record);
    }

    private static void tryAll(Stage.Work... works) throws InterruptedException {
        for (Stage.Work work : works) {
            try {
                work.run();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                // Behave well.
            }
        }
    }
}
