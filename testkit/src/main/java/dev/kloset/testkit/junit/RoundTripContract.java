package dev.kloset.testkit.junit;

import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.RoundTrip;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.subject.InProcessSubject;
import dev.kloset.testkit.subject.PipeProfile;
import dev.kloset.testkit.subject.Subject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Sends arbitrary trees of files through an exporter; through the importer of the same plugin they must come back as they were.
 * A failure names the smallest tree found to fail, and the seed that finds it again.
 *
 * <p>{@code -Dkloset.rounds=10000} tries more trees, {@code -Dkloset.seed=4711} others. The rounds of a build are the same each
 * time unless {@link #firstSeed} says otherwise.
 */
public abstract class RoundTripContract {

    private static final int ROUNDS = 50;
    /** The divisor of the rounds over a hostile pipe and through processes, which take long. */
    private static final int FEWER = 10;

    @TempDir
    private Path directory = Path.of("");

    /** Called by JUnit for every test. */
    protected RoundTripContract() {}

    /** {@return the plugin that offers both connectors} */
    protected abstract Plugin plugin();

    /** {@return the configuration of the exporter} {@code {temp}} stands for an empty directory; every tree gets another one. */
    protected abstract Map<String, String> destination();

    /** {@return the configuration of the importer, by default that of the exporter} {@code {temp}} is the same directory. */
    protected Map<String, String> source() {
        return destination();
    }

    /** {@return what comes back besides paths and bytes} */
    protected abstract Set<PreservedAttribute> kept();

    /**
     * {@return the packaged process for a kind of connector; empty to leave this way out} See {@link #executable} and {@link
     * #main}.
     */
    protected Optional<Subject> process(Kind kind) {
        return Optional.empty();
    }

    /** {@return how many trees to try in process} A hostile pipe and the packaged process get a tenth as many. */
    protected int rounds() {
        return Integer.getInteger("kloset.rounds", ROUNDS);
    }

    /** {@return the seed of the first tree; the next one has the next seed} */
    protected long firstSeed() {
        return Long.getLong("kloset.seed", 1);
    }

    /** Change more settings, such as the patience. */
    protected void configure(CheckSettings.Builder settings) {}

    /** {@return an executable as the packaged process} */
    protected static Optional<Subject> executable(Path file, String... args) {
        return ConnectorContract.executable(file, args);
    }

    /** {@return a main class on the class path of the tests as the packaged process} */
    protected static Optional<Subject> main(String mainClass, String... args) {
        return ConnectorContract.main(mainClass, args);
    }

    @Test
    final void anyTreeComesBackAsItWasInProcess() throws Exception {
        search(subject(PipeProfile.ORDINARY), subject(PipeProfile.ORDINARY), rounds());
    }

    @Test
    final void anyTreeComesBackAsItWasOverAHostilePipe() throws Exception {
        search(subject(PipeProfile.HOSTILE), subject(PipeProfile.HOSTILE), fewer());
    }

    @Test
    final void anyTreeComesBackAsItWasThroughTheProcess() throws Exception {
        Optional<Subject> exporter = process(Kind.EXPORTER);
        Optional<Subject> importer = process(Kind.IMPORTER);
        if (exporter.isEmpty() || importer.isEmpty()) {
            throw new TestAbortedException("no process was named");
        }
        search(exporter.get(), importer.get(), fewer());
    }

    private Subject subject(PipeProfile profile) {
        return new InProcessSubject(plugin(), profile);
    }

    private int fewer() {
        return Math.ceilDiv(rounds(), FEWER);
    }

    private void search(Subject exporter, Subject importer, int rounds) throws Exception {
        CheckSettings.Builder settings = CheckSettings.builder(Kind.EXPORTER, destination()).temporaries(directory);
        configure(settings);
        new RoundTrip(exporter, settings.build(), importer, source(), kept()).search(firstSeed(), rounds)
                .ifPresent(Found::fail);
    }
}
