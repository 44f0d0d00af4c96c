package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.testkit.fixtures.ReservedPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.opentest4j.AssertionFailedError;

/** The real Plakar makes a backup with a plugin that reaches a breakpoint, in both ways that authors have. */
@ResourceLock(NewProject.LOCAL_REPOSITORY)
class DebuggerTest {

    private static final String CLASS = "org.example.DemoImporter";
    private static final String METHOD = "importRecords";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern LISTENING = Pattern.compile("Listening for transport dt_socket at address: (\\d+)");

    @TempDir
    private Path directory;

    private Path source;

    @BeforeEach
    void makeSomethingToBackUp() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("a"), "content of a");
    }

    @Test
    void aBackupUsesAPluginInAnIdeWhichStopsAtABreakpoint() throws Exception {
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.generate(plakar, directory, "importer");
            Path socket = directory.resolve("demo.socket");
            project.maven("kloset:attach -Dkloset.socket=" + socket).orFail();
            plakar.shell(project.directory(), "plakar pkg add target/kloset/attach-package/demo_v0.1.0_*.ptar")
                    .orFail();
            RunningCommand ide = plakar.startShell(project.directory(), "exec java -agentlib:jdwp=transport=dt_socket,"
                    + "server=y,suspend=n,address=127.0.0.1:0 -cp target/classes:"
                    + System.getProperty("java.class.path")
                    + " org.example.DemoPlugin attach " + socket);
            try {
                Debugger debugger = Debugger.attach(port(ide), CLASS, METHOD);
                Await.until("the plugin listens", PATIENCE, () -> Files.exists(socket));

                Repository repository = plakar.at(directory.resolve("repository").toString()).create();
                Snapshot first = repository.backup("demo://" + source);
                int hits = debugger.hits();
                Files.writeString(source.resolve("b"), "content of b");
                Snapshot second = repository.backup("demo://" + source);

                assertThat(first.content(Path.of("/a"))).isEqualTo("content of a");
                assertThat(second.content(Path.of("/b"))).isEqualTo("content of b");
                // During the backup, Plakar imports a second time to know how much there is.
                assertThat(hits).as("at the first backup").isPositive();
                assertThat(debugger.hits()).as("at the second backup too").isGreaterThan(hits);
                assertThat(ide.isAlive()).as("the plugin outlives the backups").isTrue();
            } finally {
                ide.signal("TERM");
                ide.end(PATIENCE);
            }
        }
    }

    private static int port(RunningCommand ide) throws IOException {
        Await.until(PATIENCE, () -> LISTENING.matcher(ide.out() + ide.err()).find(), () -> "a port is announced");
        Matcher matcher = LISTENING.matcher(ide.out() + ide.err());
        if (!matcher.find()) {
            throw new AssertionFailedError("no port");
        }
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    void theGoalRunLetsADebuggerStopThePluginAndPlakarNoticesNothing() throws Exception {
        try (Plakar plakar = Plakar.below(directory);
                ReservedPorts ports = ReservedPorts.reserve(ReservedPorts.MOST)) {
            NewProject project = NewProject.generate(plakar, directory, "importer");
            int port = ports.port(0);
            RunningCommand run = plakar.startShell(project.directory(), "mvn -B kloset:run -Dkloset.debug=" + port
                    + " -Dkloset.suspend=true '-Dargs=backup demo://" + source + "'");
            List<Debugger> debuggers = new ArrayList<>();
            Await.until(Plakar.PATIENCE, () -> {
                attachTo(port + debuggers.size(), debuggers);
                return !run.isAlive();
            }, () -> "the backup ends");

            Outcome outcome = run.end(PATIENCE).orFail();
            assertThat(outcome.text()).contains("listens for a debugger at port " + port,
                    "backup completed without errors");
            assertThat(debuggers.stream().mapToInt(Debugger::hits).sum()).as(outcome.toString()).isPositive();
        }
    }

    /** Attach to every process. A backup starts several processes of the plugin, each of which waits for a debugger of its own. */
    private static void attachTo(int port, List<Debugger> debuggers) {
        try {
            debuggers.add(Debugger.attach(port, CLASS, METHOD));
        } catch (IOException e) {
            // The process does not listen yet, or there will be no further process.
        }
    }

}
