package dev.kloset.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.wire.frame.HpackFuzz;
import dev.kloset.wire.grpc.GrpcFuzz;
import dev.kloset.wire.http2.FramesFuzz;
import dev.kloset.wire.store.CodecFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The code that reads from the other end, under a coverage-guided fuzzer: first every input that is checked in, then new ones for
 * as long as fuzz.seconds says. An input that fails is kept in target/fuzz; it belongs into src/test/fuzz with the fix.
 */
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {

    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 3);
    private static final Path SEEDS = Path.of("src", "test", "fuzz");
    private static final int SLACK_SECONDS = 300;
    /** Instrumenting the loaded classes takes most of a short run, and faster code would not repay its compilation. */
    private static final String COMPILER = SECONDS < 60 ? "-XX:TieredStopAtLevel=1" : "-XX:TieredStopAtLevel=4";

    private interface Body {
        void on(byte[] input) throws Exception;
    }

    /** The code to fuzz. */
    enum Target {
        FRAMES(FramesFuzz.class), HPACK(HpackFuzz.class), CODEC(CodecFuzz.class), GRPC(GrpcFuzz.class);

        private final Class<?> type;

        Target(Class<?> type) {
            this.type = type;
        }

        private Path seeds() {
            return SEEDS.resolve(type.getSimpleName());
        }

        private Body body() {
            return switch (this) {
                case FRAMES -> FramesFuzz::fuzzerTestOneInput;
                case HPACK -> HpackFuzz::fuzzerTestOneInput;
                case CODEC -> CodecFuzz::fuzzerTestOneInput;
                case GRPC -> GrpcFuzz::fuzzerTestOneInput;
            };
        }
    }

    @TempDir
    private Path corpus;

    @ParameterizedTest
    @EnumSource
    void theInputsThatAreCheckedInDoNoHarm(Target target) throws Exception {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(target.seeds())) {
            inputs = files.toList();
        }
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            target.body().on(Files.readAllBytes(input));
        }
    }

    @ParameterizedTest
    @EnumSource
    void newInputsDoNoHarmEither(Target target) throws Exception {
        Path findings = Files.createDirectories(Path.of("target", "fuzz", target.type.getSimpleName()));
        Path log = findings.resolve("log");
        Process fuzzer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED", COMPILER, "-cp",
                System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type.getName(), "--instrumentation_includes=dev.kloset.wire.**",
                "--reproducer_path=" + findings, "-artifact_prefix=" + findings + "/", "-max_total_time=" + SECONDS,
                "-timeout=20", "-rss_limit_mb=4000", corpus.toString(), target.seeds().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(fuzzer.waitFor(SECONDS + SLACK_SECONDS, TimeUnit.SECONDS)).as("the fuzzer ends").isTrue();
        } finally {
            fuzzer.destroyForcibly();
        }
        assertThat(fuzzer.exitValue()).as(() -> last(log)).isZero();
        assertThat(log).content().as("it followed the coverage").containsPattern("cov: [1-9][0-9]+");
    }

    private static String last(Path log) {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 4000));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
