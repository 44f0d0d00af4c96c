package dev.kloset.schedules;

import static dev.kloset.schedules.Trick.*;

import dev.kloset.Connector;
import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.Plugin;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A hostile exporter and its host, which sends records and takes results. */
final class ExportSide implements Side {

    /** Tricks that harm no other record. */
    private static final List<Trick> HARMLESS = List.of(NONE, FLAG, READ_ASIDE, TWO_READERS, PART, ANSWER_ASIDE,
            ANSWER_TWICE, NO_ANSWER, UP_CALL);

    private final AuthorPlan plan;
    private final Contents contents;
    private final IntConsumer boundary;
    private final Answers answers = new Answers();
    private final TrickyExporter author;
    private final Plugin plugin;
    private volatile @Nullable Exporter exporter;

    /**
     * @param boundary receives the number of records asked for so far
     */
    ExportSide(AuthorPlan plan, Stage stage, Contents contents, IntConsumer boundary) {
        this.plan = plan;
        this.contents = contents;
        this.boundary = boundary;
        this.author = new TrickyExporter(stage, contents, answers);
        this.plugin = Plugin.builder("author").exporter("test", _ -> author.value(author)).build();
    }

    @Override
    public Plugin plugin() {
        return plugin;
    }

    @Override
    public @Nullable Connector connector() {
        return exporter;
    }

    @Override
    public void interrupt() {
        // This host has only one thread.
    }

    @Override
    public void use(HostUser.Source host) throws IOException, InterruptedException {
        Exporter remote = host.exporter();
        exporter = remote;
        AtomicInteger next = new AtomicInteger();
        remote.exportRecords(() -> next(next.getAndIncrement()), new ResultSink() {
            @Override
            public void ok(ConnectorRecord record) {
                answers.came(record, "");
            }

            @Override
            public void error(ConnectorRecord record, String message) {
                answers.came(record, message.isBlank() ? "an error without a sentence" : message);
            }
        });
    }

    private @Nullable ConnectorRecord next(int number) {
        boundary.accept(number);
        if (number >= plan.records()) {
            return null;
        }
        ConnectorRecord record = Samples.record(contents, number, plan.contentBytes());
        answers.sent(record);
        return record;
    }

    @Override
    public int came() {
        return answers.okCount();
    }

    @Override
    public void judge(boolean ok, Queue<String> defects) {
        boolean quiet = plan.isHarmlessBut(HARMLESS) && !plan.tricks().containsKey("Call");
        if (quiet && !ok) {
            defects.add("an export in which nothing failed has failed");
        }
        answers.judge(ok, quiet, defects);
        author.taken().forEach(taken -> taken.judge(defects));
    }
}
