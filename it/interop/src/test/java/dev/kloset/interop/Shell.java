package dev.kloset.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Shell commands that use the programs of this machine. */
final class Shell {

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    // Programs for root are not on every user's path.
    private static final String PATH = System.getenv("PATH") + ":/usr/sbin:/sbin";
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", PATH, "LC_ALL", "C.UTF-8");

    private Shell() {}

    static Outcome run(Path cwd, String script) throws IOException, InterruptedException {
        return start(cwd, script).end(PATIENCE);
    }

    /** {@return the output of the script, which must succeed} It stops at the first failure. */
    static String ok(Path cwd, String script) throws IOException, InterruptedException {
        return run(cwd, "set -e; " + script).orFail().out();
    }

    static RunningCommand start(Path cwd, String script) throws IOException {
        return RunningCommand.start(List.of("/bin/sh", "-c", script), ENVIRONMENT, cwd);
    }

    /** Skip the test unless these programs exist, each given with the Debian package that contains it, if the names differ. */
    static void require(Map<String, String> programs) {
        programs.forEach((program, debian) -> assumeTrue(has(program),
                "install " + program + " (Debian: " + debian + ")"));
    }

    private static boolean has(String program) {
        return Stream.of(PATH.split(":", -1)).anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
