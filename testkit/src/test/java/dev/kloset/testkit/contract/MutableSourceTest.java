package dev.kloset.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.testkit.Checker;
import dev.kloset.testkit.subject.InProcessSubject;
import dev.kloset.testkit.subject.PipeProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The proof for a source that is no directory: a log of records, whose importer skips closed windows of offsets by an identity
 * made of versions. Each rule that forgets one of them loses data, and the kit must say so.
 */
class MutableSourceTest {

    private static final int WINDOW = 4;

    /** What the importer makes the identity of a closed window of. */
    enum Rule {
        COMPLETE,
        WITHOUT_TOPIC,
        WITHOUT_EPOCH,
        TIME_OF_THE_RUN
    }

    /** One record: its epoch, which changes with each election, and its value. */
    private record Entry(int epoch, String value) {}

    /** A topic that is deleted and made anew has another id, and the same offsets. */
    private static final class Topic {

        private int id = 1;
        private int epoch;
        private final List<Entry> log = new ArrayList<>();

        synchronized void append(String... values) {
            for (String value : values) {
                log.add(new Entry(epoch, value));
            }
        }

        /** An unclean election loses the end of the log, and the new leader writes other records in its place. */
        synchronized void elect(int from, String... values) {
            epoch++;
            log.subList(from, log.size()).clear();
            append(values);
        }

        synchronized void recreate() {
            id++;
            log.replaceAll(entry -> new Entry(entry.epoch, entry.value.toUpperCase(Locale.ROOT)));
        }

        synchronized int windows() {
            return (log.size() + WINDOW - 1) / WINDOW;
        }

        synchronized byte[] bytes(int window) {
            return entries(window).stream()
                    .map(Entry::value)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
        }

        private List<Entry> entries(int window) {
            return log.subList(window * WINDOW, Math.min(log.size(), (window + 1) * WINDOW));
        }

        synchronized FileInfo info(int window, Rule rule) {
            List<Entry> entries = entries(window);
            String version = (rule == Rule.WITHOUT_TOPIC ? "" : id) + "/"
                    + (rule == Rule.WITHOUT_EPOCH ? "" : entries.getLast().epoch) + "/" + entries.size();
            return FileInfo.builder(name(window))
                    .size(FileInfo.UNKNOWN_SIZE)
                    .modTime(rule == Rule.TIME_OF_THE_RUN ? Instant.now() : Instant.EPOCH)
                    .identity(version.getBytes(StandardCharsets.UTF_8))
                    .build();
        }
    }

    private static String name(int window) {
        return "%08d.krec".formatted(window * WINDOW);
    }

    private record LogImporter(Topic topic, Rule rule) implements Importer {

        @Override
        public String origin() {
            return "cluster";
        }

        @Override
        public String type() {
            return "log";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            records.emit(FileRecord.of("/", FileInfo.directory("/", Instant.EPOCH)));
            for (int window = 0; window < topic.windows(); window++) {
                byte[] bytes = topic.bytes(window);
                records.emit(FileRecord.file("/" + name(window), topic.info(window, rule), Content.of(bytes)));
            }
        }
    }

    /** What users do to a topic between two backups. */
    private record ChangedTopic(Topic topic) implements MutableSource {

        @Override
        public List<SourceChange> changes() {
            topic.append("a", "b", "c", "d", "e", "f");
            return List.of(new SourceChange("append", () -> {
                topic.append("g");
                return windows(1);
            }), new SourceChange("append into a new window", () -> {
                topic.append("h", "i");
                return windows(1, 2);
            }), new SourceChange("truncation by an unclean election, and as many other records", () -> {
                topic.elect(6, "G", "H", "I");
                return windows(1, 2);
            }), new SourceChange("topic deleted and made anew with the same offsets", () -> {
                topic.recreate();
                return windows(0, 1, 2);
            }), new SourceChange("truncation of the last window", () -> {
                topic.elect(8);
                return ExpectedFiles.none().andGone("/" + name(2));
            }), new SourceChange("another snapshot of the same", ExpectedFiles::none));
        }

        private ExpectedFiles windows(int... windows) {
            ExpectedFiles expected = ExpectedFiles.none();
            for (int window : IntStream.of(windows).toArray()) {
                expected = expected.and("/" + name(window), topic.bytes(window));
            }
            return expected;
        }
    }

    private static Map<Clause, Outcome> check(Importer importer, MutableSource source) throws Exception {
        Plugin plugin = Plugin.builder("log").importer("log", _ -> importer).build();
        CheckSettings settings = CheckSettings.builder(Plugin.Kind.IMPORTER, Map.of("location", "log://cluster"))
                .mutable(source)
                .limit(Duration.ofMinutes(10))
                .build();
        return Checker.run(new InProcessSubject(plugin, PipeProfile.ORDINARY), settings, _ -> {})
                .results()
                .stream()
                .collect(Collectors.toMap(ClauseResult::clause, ClauseResult::outcome));
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheCompleteRuleIsProven(Rule rule) throws Exception {
        Topic topic = new Topic();
        Map<Clause, Outcome> results = check(new LogImporter(topic, rule), new ChangedTopic(topic));
        switch (rule) {
            case COMPLETE -> assertThat(results.get(Clause.I27)).isEqualTo(new Outcome.Passed());
            case WITHOUT_TOPIC -> assertThat(results.get(Clause.I27)).isEqualTo(stale(
                    "topic deleted and made anew with the same offsets",
                    "\"/00000000.krec\" and for \"/00000004.krec\" "
                            + "and for \"/00000008.krec\""));
            case WITHOUT_EPOCH -> assertThat(results.get(Clause.I27)).isEqualTo(stale(
                    "truncation by an unclean election, and as many other records", "\"/00000004.krec\" and for "
                            + "\"/00000008.krec\""));
            case TIME_OF_THE_RUN -> {
                assertThat(results.get(Clause.I26)).isInstanceOf(Outcome.Failed.class);
                assertThat(results.get(Clause.I27)).isInstanceOf(Outcome.NotApplicable.class);
            }
        }
    }

    private static Outcome stale(String change, String files) {
        return new Outcome.Failed("another FileInfo whenever the bytes are others",
                "stale after the change \"" + change + "\": the FileInfo stayed the same for " + files);
    }

    @Test
    void aChangedFileMustHaveItsNewBytesAndARemovedOneMustBeGone() throws Exception {
        Topic topic = new Topic();
        topic.append("a");
        assertThat(check(new LogImporter(topic, Rule.COMPLETE), () -> List.of(new SourceChange("append", () -> {
            topic.append("b");
            return ExpectedFiles.none().and("/" + name(0), "other".getBytes(StandardCharsets.UTF_8));
        }))).get(Clause.I27))
                .isEqualTo(new Outcome.Failed("the new bytes of \"/00000000.krec\" after the change \"append\"",
                        "3 other bytes"));
        assertThat(check(new LogImporter(topic, Rule.COMPLETE), () -> List.of(new SourceChange("deletion",
                () -> ExpectedFiles.none().andGone("/" + name(0))))).get(Clause.I27)).isEqualTo(new Outcome.Failed(
                        "no record any more for /00000000.krec after the change \"deletion\"", "one"));
        assertThat(check(new LogImporter(topic, Rule.COMPLETE), () -> List.of(new SourceChange("a new topic",
                () -> ExpectedFiles.none().and("/other", new byte[0])))).get(Clause.I27)).isEqualTo(new Outcome.Failed(
                        "a record for /other after the change \"a new topic\"", "none"));
    }

    @Test
    void whatIsReadInEveryBackupByDesignIsNoFailure() throws Exception {
        Topic topic = new Topic();
        MutableSource allRead = new MutableSource() {
            @Override
            public List<SourceChange> changes() {
                topic.append("a", "b", "c", "d", "e");
                return List.of(new SourceChange("append", () -> {
                    topic.append("f");
                    return ExpectedFiles.none().and("/" + name(1), topic.bytes(1));
                }));
            }

            @Override
            public boolean isAlwaysRead(String pathname) {
                return true;
            }
        };
        assertThat(check(new LogImporter(topic, Rule.TIME_OF_THE_RUN), allRead).get(Clause.I27))
                .isEqualTo(new Outcome.Passed());
    }
}
