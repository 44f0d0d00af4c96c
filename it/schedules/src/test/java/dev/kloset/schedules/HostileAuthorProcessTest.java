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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an author can do to a whole process: use up its memory, and occupy its only processor. */
class HostileAuthorProcessTest {

    private static final int COUNT = Integer.parseInt(System.getProperty("schedules.processes", "3"));
    private static final Duration BOUND = Duration.ofSeconds(Integer.getInteger("schedules.bound", 120));
    private static final int MANY = 1500; // more than the SDK lets out without an acknowledgement
    private static final Map<Kind, List<String>> SORTS = Map.of(Kind.IMPORTER,
            List.of("Listing", "Content", "Listener", "Call"), Kind.EXPORTER, List.of("Record", "Call"), Kind.STORAGE,
            List.of("Put", "Get", "Call"));

    @TempDir
    private Path directory;

    /** A record or object that is half done must not look complete. */
    @ParameterizedTest
    @EnumSource
    void anOutOfMemoryErrorEndsThePluginAndTheUserLearnsWhy(Kind kind) throws Exception {
        for (long seed = 1; seed <= COUNT; seed++) {
            Random random = new Random(seed);
            List<String> sorts = SORTS.getOrDefault(kind, List.of());
            String sort = sorts.get((int) (seed % sorts.size()));
            int moment = random.nextInt(sort.equals("Call") ? 3 : 4);
            AuthorPlan plan = AuthorPlan.with(kind, seed, 20, 4000, sort, moment, Trick.OUT_OF_MEMORY);
            String failure = use(plan, AuthorProgram.command(directory, plan, Trick.OUT_OF_MEMORY, sort, moment));
            assertThat(failure).as("what the user reads of %s", plan)
                    .contains("ended with exit status 3", "out of memory", "KLOSET_JAVA_OPTS=-Xmx");
        }
    }

    @ParameterizedTest
    @CsvSource({ "IMPORTER,Listing", "EXPORTER,Record", "STORAGE,Put" })
    void aCallFromNativeCodeThatHoldsTheOnlyProcessorStopsNothing(Kind kind, String sort) throws Exception {
        int records = kind == Kind.STORAGE ? 20 : MANY;
        AuthorPlan plan = AuthorPlan.with(kind, 1, records, kind == Kind.IMPORTER ? 0 : 300, sort, 0, Trick.UP_CALL);
        assertThat(
                use(plan, AuthorProgram.command(directory, plan, Trick.UP_CALL, sort, 0, "-XX:ActiveProcessorCount=1")))
                .isEqualTo("all " + records + " have come");
    }

    /** {@return the reason for the failure, or how much has arrived} */
    private String use(AuthorPlan plan, List<String> line) throws Exception {
        Side side = AuthorProgram.side(plan, new Contents(directory));
        PluginCommand command = PluginCommand.builder(Path.of(line.getFirst()))
                .args(line.subList(1, line.size()))
                .name("author")
                .closeTimeout(Duration.ofSeconds(10))
                .build();
        PluginProcess process = PluginProcess.start(command);
        FutureTask<String> use = new FutureTask<>(() -> {
            try {
                side.use(source(process));
                Objects.requireNonNull(side.connector()).ping(); // the users of a store went on after each failure
                return "all " + side.came() + " have come";
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        });
        Thread user = Thread.ofPlatform().daemon().name("user").start(use);
        boolean ended = user.join(BOUND);
        int came = side.came();
        process.close();
        if (!ended) {
            user.interrupt();
            side.interrupt();
            fail("after " + came + " the session hangs in " + plan);
        }
        assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive)).as("the plugin of %s", plan)
                .isEmpty();
        return use.get();
    }

    private static HostUser.Source source(PluginProcess process) {
        ConnectorConfig config = ConnectorConfig.of(Map.of("location", "test://x"));
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
}
