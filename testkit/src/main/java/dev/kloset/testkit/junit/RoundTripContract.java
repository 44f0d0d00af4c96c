package dev.kloset.testkit.junit;

import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.CheckSettings;
import dev.kloset.testkit.InProcessSubject;
import dev.kloset.testkit.Kept;
import dev.kloset.testkit.PipeManner;
import dev.kloset.testkit.RoundTrip;
import dev.kloset.testkit.Subject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Arbitrary trees of files go through an exporter, and through the importer of the same plugin they come back as they were. A
 * failure names the smallest tree that was found to fail, and the seed that finds it again.
 *
 * <p>{@code -Dkloset.rounds=10000} tries more trees, {@code -Dkloset.seed=4711} others. The rounds of a build are the same
 * each time unless {@link #firstSeed} says otherwise.
 */
public abstract class RoundTripContract {

    private static final int ROUNDS = 50;
    /** Trees over a hostile pipe and through processes take long. */
    private static final int FEWER = 10;

    @TempDir
    private Path directory = Path.of("");

    /** Called by JUnit for every test. */
    protected RoundTripContract() {}

    /** {@return what offers both connectors} */
    protected abstract Plugin plugin();

    /** {@return the configuration of the exporter} {@code {temp}} stands for an empty directory, another one for every tree. */
    protected abstract Map<String, String> destination();

    /** {@return the configuration of the importer, that of the exporter if not overridden} {@code {temp}} is the same directory. */
    protected Map<String, String> source() {
        return destination();
    }

    /** {@return what comes back besides paths and bytes} */
    protected abstract Set<Kept> kept();

    /**
     * {@return the packaged process for a kind of connector; without one this way is left out} See {@link #executable} and
     * {@link #main}.
     */
    protected Optional<Subject> process(Kind kind) {
        return Optional.empty();
    }

    /** {@return how many trees are tried in process; a tenth of them over a hostile pipe and through the packaged process} */
    protected int rounds() {
        return Integer.getInteger("kloset.rounds", ROUNDS);
    }

    /** {@return the seed of the first tree; the next one has the next seed} */
    protected long firstSeed() {
        return Long.getLong("kloset.seed", 1);
    }

    /** Set more, such as the patience. */
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
        search(subject(PipeManner.ORDINARY), subject(PipeManner.ORDINARY), rounds());
    }

    @Test
    final void anyTreeComesBackAsItWasOverAHostilePipe() throws Exception {
        search(subject(PipeManner.HOSTILE), subject(PipeManner.HOSTILE), fewer());
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

    private Subject subject(PipeManner manner) {
        return new InProcessSubject(plugin(), manner);
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
