package dev.kloset.packaging.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that the build runs and that fails: its reason is in the message. */
class ExternalCommandTest {

    private static final Duration PATIENCE = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private static ExternalCommand shell(String script) {
        return new ExternalCommand(List.of("/bin/sh", "-c", script));
    }

    @Test
    void aJavaStackTraceIsReducedToTheExceptionAndItsCauses() throws Exception {
        Path source = Files.writeString(directory.resolve("Deep.java"),
                """
                        class Deep {
                            static void fall(int depth) {
                                if (depth == 0) {
                                    throw new IllegalStateException("the reason", new RuntimeException("the reason of the reason"));
                                }
                                fall(depth - 1);
                            }
                            public static void main(String[] args) {
                                fall(100);
                            }
                        }
                        """);
        ExternalCommand program = new ExternalCommand(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), source.toString()));

        assertThatThrownBy(() -> program.succeed("ask", PATIENCE)).isInstanceOf(PackagingException.class)
                .hasMessageStartingWith("cannot ask: java ended with status 1: ")
                .hasMessageContainingAll("java.lang.IllegalStateException: the reason\n", "at Deep.fall(Deep.java:4)",
                        "Caused by: java.lang.RuntimeException: the reason of the reason")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSizeLessThan(15));
    }

    @Test
    void manyLinesAreReducedToTheFirstAndTheLast() {
        assertThatThrownBy(() -> shell("echo first; seq 1000 1999; echo last; exit 3").succeed("count", PATIENCE))
                .hasMessageContainingAll("status 3: ", "\n    first\n", "\n    (972 lines are left out)\n",
                        "\n    last")
                .hasMessageNotContaining("1500");
    }

    @Test
    void fewLinesAreAllShownWithErrorsFirst() {
        assertThatThrownBy(() -> shell("echo result; echo reason >&2; exit 1").succeed("work", PATIENCE))
                .hasMessage("cannot work: sh ended with status 1: \n    reason\n    result");
        assertThatThrownBy(() -> shell("exit 1").succeed("work", PATIENCE)).hasMessageEndingWith("it said nothing");
    }
}
