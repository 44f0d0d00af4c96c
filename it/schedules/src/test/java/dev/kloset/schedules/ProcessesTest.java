package dev.kloset.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import dev.kloset.schedules.Plan.Kind;
import dev.kloset.schedules.Plan.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same plans between two processes, over real pipes. Afterwards, no process and no file is left. */
class ProcessesTest {

    private static final long FIRST_SEED = 1;
    private static final int COUNT = Integer.parseInt(System.getProperty("schedules.processes", "3"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void ourPluginEndsWhateverTheHostDoes(Kind kind) throws Exception {
        Contents contents = new Contents(directory);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            Plan plan = Plan.of(kind, Role.HOSTILE_HOST, seed);
            Process process = new ProcessBuilder(PluginProgram.command(directory))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                Wire wire = new Wire(process.getInputStream(), process.getOutputStream(), plan.cutAfter(),
                        () -> closeBoth(process));
                new HostileHost(plan, new Script(plan, wire), contents, wire).run();
                wire.cut();
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    fail("the plugin lives on without a host in " + plan);
                }
            } catch (AssertionError e) {
                fail(e.getMessage() + "\nin " + plan, e);
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertNothingIsLeft();
        }
    }

    private static void closeBoth(Process process) {
        try (var in = process.getInputStream(); var out = process.getOutputStream()) {
            assertThat(in).isNotNull();
            assertThat(out).isNotNull();
        } catch (IOException e) {
            // The pipe is closed already.
        }
    }

    @ParameterizedTest
    @EnumSource
    void ourHostEndsWhateverThePluginDoes(Kind kind) throws Exception {
        Contents contents = new Contents(directory);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            Plan plan = Plan.of(kind, Role.HOSTILE_PLUGIN, seed);
            List<String> line = PluginProgram.command(directory, kind.name(), Long.toString(seed));
            PluginCommand command = PluginCommand.builder(Path.of(line.getFirst()))
                    .args(line.subList(1, line.size()))
                    .name("hostile")
                    .closeTimeout(Duration.ofSeconds(5))
                    .build();
            PluginProcess process = PluginProcess.start(command);
            FutureTask<String> use = new FutureTask<>(
                    () -> new HostUser(plan, contents, () -> true).use(source(process, plan)));
            Thread user = Thread.ofVirtual().name("user").start(use);
            boolean ended = user.join(Duration.ofSeconds(plan.has(Fault.SILENCE) ? 4 : 60));
            if (!ended) {
                user.interrupt();
                ended = plan.has(Fault.SILENCE) && user.join(Duration.ofSeconds(30));
            }
            process.close();
            assertThat(ended).as("the host ends in %s", plan).isTrue();
            assertThat(use.get()).as("how %s came out", plan).isNotEmpty();
            assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive)).as("the plugin of %s", plan)
                    .isEmpty();
            assertThat(contents.openCount()).as("contents that were never closed in %s", plan).isZero();
            assertNothingIsLeft();
        }
    }

    private static HostUser.Source source(PluginProcess process, Plan plan) {
        ConnectorConfig config = ConnectorConfig.of(plan.config());
        ConnectorContext context = ConnectorContext.of("test", config, Options.builder().build());
        return new HostUser.Source() {
            @Override
            public Importer importer() throws IOException, InterruptedException {
                return process.importer(context);
            }

            @Override
            public Exporter exporter() throws IOException, InterruptedException {
                return process.exporter(context);
            }

            @Override
            public Store store() throws IOException, InterruptedException {
                return process.store(StoreContext.of("test", config));
            }
        };
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("content");
        }
        assertThat(ProcessHandle.current().children()).isEmpty();
    }
}
