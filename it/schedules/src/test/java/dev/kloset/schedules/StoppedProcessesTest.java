package dev.kloset.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.host.PluginProcess;
import dev.kloset.schedules.Plan.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Processes that are stopped during a call, as by a debugger or a machine that is migrated. If they go on, nothing is missing;
 * if they do not, the other end is not stuck with them. Afterwards, nothing of them is left.
 */
class StoppedProcessesTest {

    private static final long FIRST_SEED = Long.getLong("schedules.seed", 1);
    private static final int COUNT = Integer.getInteger("schedules.processes", 3);
    private static final Duration LONG = Duration.ofSeconds(60);
    /** Several times the limits that host and plugin grant each other, for a machine that is busy. */
    private static final Duration END = Duration.ofSeconds(20);
    /** The limit that the host sets for Close, for a plugin that does not answer it. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    private @Nullable Contents contents;

    @BeforeEach
    void content() throws IOException {
        contents = new Contents(directory);
    }

    /** Remove partial objects, which a process leaves behind if it is killed while writing them. */
    private void removeHalfObjects() throws IOException {
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(directory, "put*")) {
            for (Path half : halves) {
                Files.delete(half);
            }
        }
    }

    /** {@return every kind of call once} */
    static Stream<Stop> stopInEveryCall() {
        return Stream.of(Kind.values())
                .flatMap(kind -> LongStream.range(FIRST_SEED, FIRST_SEED + Math.max(COUNT, Stop.callsOf(kind)))
                        .mapToObj(seed -> Stop.of(kind, seed)));
    }

    static Stream<Stop> someStops() {
        return Stream.of(Kind.values())
                .flatMap(kind -> LongStream.range(FIRST_SEED, FIRST_SEED + COUNT)
                        .mapToObj(seed -> Stop.of(kind, seed)));
    }

    /** A session of our host with a plugin that stops. */
    private final class Session implements AutoCloseable {

        private final Leaks leaks = new Leaks(directory);
        private final PluginProcess plugin;
        private final Thread user;
        private volatile @Nullable Exception failure;

        /**
         * @param close the limit that the host sets for Close, and for the end of the plugin
         */
        Session(Stop stop, Duration close) throws Exception {
            Contents bytes = Objects.requireNonNull(contents, "contents");
            this.plugin = PluginProcess
                    .start(HostProgram.plugin(PluginProgram.command(directory, stop), close));
            this.user = Thread.ofVirtual().name("user").start(() -> {
                try {
                    new Work(stop, bytes, call -> {}).run(plugin);
                } catch (IOException | InterruptedException e) {
                    failure = e;
                }
            });
            assertThat(Signal.awaitStopped(plugin.pid(), () -> !user.isAlive(), LONG)).as("the plugin stops itself")
                    .isTrue();
        }

        void signal(Signal signal) throws IOException {
            signal.send(plugin.pid());
        }

        /** {@return how the host's work failed, if it did} */
        @Nullable
        Exception end(Duration bound) throws InterruptedException {
            assertThat(user.join(bound)).as("the host ends").isTrue();
            return failure;
        }

        @Override
        public void close() throws IOException {
            plugin.close();
            assertThat(Signal.awaitGone(plugin.pid(), END)).as("the plugin is gone").isTrue();
            removeHalfObjects();
            leaks.check();
        }
    }

    @ParameterizedTest
    @MethodSource("stopInEveryCall")
    void aStoppedPluginThatGoesOnLosesNothing(Stop stop) throws Exception {
        try (Session session = new Session(stop, LONG)) {
            assertThat(session.user.join(Duration.ofMillis(100))).as("the call waits for the plugin").isFalse();
            session.signal(Signal.CONT);
            assertThat(session.end(LONG)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("someStops")
    void aPluginKilledWhileItIsStoppedIsReportedAtOnce(Stop stop) throws Exception {
        try (Session session = new Session(stop, LONG)) {
            session.signal(Signal.KILL);
            assertThat(session.end(LONG)).isNotNull()
                    .hasMessage("plugin sample ended with exit status 137 and said nothing");
        }
    }

    @ParameterizedTest
    @MethodSource("someStops")
    void aPluginThatNeverGoesOnEndsWhenTheUserGivesUp(Stop stop) throws Exception {
        try (Session session = new Session(stop, SHORT)) {
            session.user.interrupt();
            Exception failure = session.end(END);
            assertThat(failure == null).as("only Close goes on as if it had been answered")
                    .isEqualTo(stop.call().equals("Close"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "IMPORTER", "EXPORTER" })
    void aPluginThatNeverAnswersCloseIsLeftWithASentence(Kind kind) throws Exception {
        Stop close = LongStream.iterate(FIRST_SEED, seed -> seed + 1)
                .mapToObj(seed -> Stop.of(kind, seed))
                .filter(stop -> stop.call().equals("Close"))
                .findFirst()
                .orElseThrow();
        try (Session session = new Session(close, SHORT)) {
            assertThat(session.end(LONG)).isNotNull().message().endsWith("Close did not answer within 2 s");
        }
    }

    /** A host in a process of its own. */
    private final class Host implements AutoCloseable {

        private final Leaks leaks = new Leaks(directory);
        private final Process process;
        private final BufferedReader said;
        private final long plugin;

        Host(Stop stop) throws IOException {
            this.process = new ProcessBuilder(HostProgram.command(directory, stop))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            this.said = process.inputReader(StandardCharsets.UTF_8);
            this.plugin = Long.parseLong(said.readLine());
            assertThat(Signal.awaitStopped(process.pid(), () -> !process.isAlive(), LONG)).as("the host stops itself")
                    .isTrue();
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            said.close();
            assertThat(Signal.awaitGone(plugin, END)).as("the plugin ends without its host").isTrue();
            leaks.check();
        }
    }

    @ParameterizedTest
    @MethodSource("someStops")
    void aStoppedHostThatGoesOnLosesNothing(Stop stop) throws Exception {
        try (Host host = new Host(stop)) {
            assertThat(Signal.isGone(host.plugin)).as("the plugin waits for its host").isFalse();
            Signal.CONT.send(host.process.pid());
            assertThat(host.said.readLine()).isEqualTo("all is right");
            assertThat(host.process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as("the host ends").isTrue();
            assertThat(host.process.exitValue()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("someStops")
    void aPluginEndsWhenItsHostIsKilledDuringACall(Stop stop) throws Exception {
        try (Host host = new Host(stop)) {
            Signal.KILL.send(host.process.pid());
            assertThat(Signal.awaitGone(host.plugin, END)).as("the plugin ends without its host").isTrue();
        }
    }

    @Test
    void theSameSeedStopsAtTheSameMoment() {
        for (Kind kind : Kind.values()) {
            Stream<String> again = LongStream.range(0, 100).mapToObj(seed -> Stop.of(kind, seed).toString());
            assertThat(LongStream.range(0, 100).mapToObj(seed -> Stop.of(kind, seed).toString()))
                    .containsExactlyElementsOf(again.toList());
            assertThat(LongStream.range(0, Stop.callsOf(kind)).mapToObj(seed -> Stop.of(kind, seed).call()))
                    .as("calls with a stop")
                    .doesNotHaveDuplicates();
        }
    }
}
