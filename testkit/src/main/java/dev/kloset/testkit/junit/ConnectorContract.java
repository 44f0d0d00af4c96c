package dev.kloset.testkit.junit;

import dev.kloset.Plugin;
import dev.kloset.testkit.CheckRun;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.subject.InProcessSubject;
import dev.kloset.testkit.subject.MainSubject;
import dev.kloset.testkit.subject.PipeProfile;
import dev.kloset.testkit.subject.ProcessSubject;
import dev.kloset.testkit.subject.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the three kinds of connector have in common. Extend {@link ImporterContract}, {@link ExporterContract} or {@link
 * StoreContract}. JUnit calls all methods on the test's thread, with a new object for each of the three ways.
 *
 * <p>Every clause is a test that runs its check, and you can run it alone. Some clauses judge what the checks of others have
 * seen; alone, they are not applicable.
 */
@Execution(ExecutionMode.SAME_THREAD)
public abstract class ConnectorContract {

    @TempDir
    private Path directory = Path.of("");

    private final Plugin.Kind kind;

    ConnectorContract(Plugin.Kind kind) {
        this.kind = kind;
    }

    /** {@return the plugin that offers the connector} */
    protected abstract Plugin plugin();

    /**
     * {@return the configuration of the connector, {@code location} above all} {@code {temp}} in a value stands for an empty
     * directory; every clause gets another one.
     *
     * @param directory an empty directory for the files that the test has to make, removed afterwards
     */
    protected abstract Map<String, String> config(Path directory) throws Exception;

    /** {@return the packaged process; empty to leave this way out} See {@link #executable} and {@link #main}. */
    protected Optional<Subject> process() {
        return Optional.empty();
    }

    /** {@return clauses that may be broken, each with the reason} */
    protected Map<Clause, String> waivers() {
        return Map.of();
    }

    /**
     * Change more settings, such as the patience. It is at least that of the connector's own time-outs, where its settings are
     * declared in a record ({@link CheckSettings.Builder#timeOuts}).
     */
    protected void configure(CheckSettings.Builder settings) {}

    /** {@return an executable as the packaged process} */
    protected static Optional<Subject> executable(Path file, String... args) {
        return Optional
                .of(new ProcessSubject(file, List.of(args), Map.of("JAVA_HOME", System.getProperty("java.home"))));
    }

    /** {@return a main class on the class path of the tests as the packaged process} */
    protected static Optional<Subject> main(String mainClass, String... args) {
        return Optional.of(new MainSubject(mainClass, List.of(args)));
    }

    @TestFactory
    final Stream<DynamicTest> inProcess() throws Exception {
        return clauses(new InProcessSubject(plugin(), PipeProfile.ORDINARY));
    }

    @TestFactory
    final Stream<DynamicTest> overAHostilePipe() throws Exception {
        return clauses(new InProcessSubject(plugin(), PipeProfile.HOSTILE));
    }

    @TestFactory
    final Stream<DynamicTest> asTheProcess() throws Exception {
        Optional<Subject> process = process();
        return process.isEmpty() ? Stream.empty() : clauses(process.get());
    }

    private Stream<DynamicTest> clauses(Subject subject) throws Exception {
        return Clauses.testsOf(CheckRun.begin(subject, settings().build()));
    }

    final CheckSettings.Builder settings() throws Exception {
        CheckSettings.Builder settings = CheckSettings.builder(kind, config(directory));
        waivers().forEach(settings::waive);
        describe(settings, directory);
        for (Plugin.Registration registration : plugin().registrations(kind)) {
            registration.config().ifPresent(settings::timeOuts);
        }
        configure(settings);
        return settings;
    }

    /** Say what the checks need to know about this kind of connector. */
    void describe(CheckSettings.Builder settings, Path files) throws Exception {}
}
