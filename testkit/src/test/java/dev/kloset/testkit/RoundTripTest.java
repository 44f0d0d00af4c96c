package dev.kloset.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Counterexample;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.subject.InProcessSubject;
import dev.kloset.testkit.subject.PipeProfile;
import dev.kloset.testkit.subject.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arbitrary trees reveal a defect in a pair of connectors, and the tree that shows it is reduced as far as possible. */
class RoundTripTest {

    private static final int ROUNDS = 100;
    private static final int WINDOW = 65_536;

    @TempDir
    private Path directory;

    private Optional<Counterexample> search(UnaryOperator<FileRecord> change, long seed) throws Exception {
        Plugin plugin = MemoryTree.plugin(change);
        Map<String, String> config = Map.of("location", "tree://{temp}");
        Subject subject = new InProcessSubject(plugin, PipeProfile.ORDINARY);
        CheckSettings settings = CheckSettings.builder(Kind.EXPORTER, config).temporaries(directory).build();
        return new RoundTrip(subject, settings, subject, config, EnumSet.allOf(PreservedAttribute.class)).search(seed,
                ROUNDS);
    }

    private Counterexample found(UnaryOperator<FileRecord> change) throws Exception {
        Counterexample found = search(change, 1).orElseThrow();
        assertThat(search(change, found.seed())).as("what the same seed gives").contains(found);
        assertThat(directory).isEmptyDirectory();
        return found;
    }

    @Test
    void aFaithfulRoundTripHasNoCounterexample() throws Exception {
        assertThat(search(record -> record, 1)).isEmpty();
    }

    @Test
    void aByteLostBeyondAWindowIsShownByTheSmallestFileThatLosesIt() throws Exception {
        Counterexample found = found(record -> record.info().size() > WINDOW ? withoutLastByte(record) : record);
        assertThat(found.value().lines()).hasSize(2);
        assertThat(found.value()).contains("\"/a\" 65537 bytes of zeros").doesNotContain(" -> ", " with ");
        assertThat(found.words()).startsWith("expected \"/a\" as file of 65537 bytes")
                .contains("seen file of 65536 bytes", "repeat with -Dkloset.seed=" + found.seed());
        assertThat(found.successes()).isPositive();
    }

    private static FileRecord withoutLastByte(FileRecord record) {
        try (InputStream in = record.content().orElseThrow().open()) {
            byte[] all = in.readAllBytes();
            return record.withContent(MemoryTree.content(Arrays.copyOf(all, all.length - 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void cutTimesAreShownByOneNanosecond() throws Exception {
        Counterexample found = found(record -> changed(record, record.info()
                .toBuilder()
                .modTime(record.info().modTime().truncatedTo(ChronoUnit.SECONDS))));
        assertThat(found.value().lines()).hasSizeLessThan(3);
        assertThat(found.value()).containsOnlyOnce("1970-01-01T00:00:00.000000001Z \"/");
    }

    private static FileRecord changed(FileRecord record, FileInfo.Builder info) {
        return record.withInfo(info.build());
    }

    @Test
    void aLostModeBitIsShownByThatBitAlone() throws Exception {
        Counterexample found = found(record -> record.info().mode().isRegular()
                ? changed(record, record.info()
                        .toBuilder()
                        .mode(FileMode.regular(record.info().mode().bits())))
                : record);
        assertThat(found.value().lines()).hasSize(2);
        assertThat(found.value().lines().skip(1)).singleElement().asString().startsWith("---------T ");
    }

    @Test
    void changedNamesAreShownByOneLetter() throws Exception {
        Counterexample found = found(record -> {
            String other = Normalizer.normalize(record.pathname(), Normalizer.Form.NFC);
            return changed(record.withPathname(other), record.info()
                    .toBuilder()
                    .name(other.equals("/") ? "/" : other.substring(other.lastIndexOf('/') + 1)));
        });
        assertThat(found.value().lines()).hasSize(2);
        assertThat(found.value()).contains("\"/a\\u0308\"");
    }

    @Test
    void normalizedLinksAreShownByAShortTarget() throws Exception {
        Counterexample found = found(record -> record.target().isEmpty()
                ? record
                : FileRecord.symlink(record.pathname(), record.info(),
                        Path.of(record.target()).normalize().toString()));
        assertThat(found.value().lines()).hasSize(2);
        assertThat(found.value().lines().skip(1)).singleElement().asString().contains(" -> ").hasSizeLessThan(60);
    }
}
