package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The script {@code kloset} of this checkout, run as a user would run it, with the results of this build. */
final class KlosetCommand {

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final long SECONDS_AT_MOST = 240;

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * @param directory the user's working directory, which also gets the files for the outputs
     */
    KlosetCommand(Path directory) {
        this.directory = directory;
    }

    /** {@return whether the modules before this one were packaged} In a build that ends with the tests they are not. */
    static boolean isBuilt() {
        return Files.exists(CHECKOUT.resolve("cli/target/kloset-cli.jar"))
                && Files.exists(CHECKOUT.resolve("cli/target/lib/kloset-host.jar"))
                && Files.exists(CHECKOUT.resolve("integrations/files/target/image/kloset-files"))
                && Files.exists(CHECKOUT.resolve("integrations/jdbc/target/image/kloset-jdbc"));
    }

    static Path script() {
        return CHECKOUT.resolve("kloset");
    }

    /** Set a variable for the command and the plugins that it starts. */
    KlosetCommand with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Run run(String... args) throws IOException, InterruptedException {
        return finish(start(args));
    }

    /** {@return the running command} Its outputs go to files, so that no thread has to read them. */
    Process start(String... args) throws IOException {
        return startProgram(script(), args);
    }

    /** {@return a program that runs the command} */
    Process startProgram(Path program, String... args) throws IOException {
        // As in a terminal: a shell makes background programs ignore Ctrl-C, and with them all that they start.
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT", program.toString()));
        line.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().put("KLOSET_NO_BUILD", "1");
        // The Java of this test is recent enough, and the plugins in the user's own Plakar must not matter.
        builder.environment().put("KLOSET_JAVA", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("no-cache").toString());
        builder.environment().putAll(environment);
        return builder.redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    Run finish(Process process) throws IOException, InterruptedException {
        try {
            assertThat(process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)).as("the command ends").isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), text("out"), text("err"));
    }

    private String text(String name) throws IOException {
        return Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
    }

    record Run(int exitCode, String out, String err) {

        /** Check that the command ended with this code, and with this sentence and nothing else. */
        void assertSentence(int code, String sentence) {
            assertThat(err).isEqualTo("kloset: " + sentence + "\n");
            assertThat(out).isEmpty();
            assertThat(exitCode).isEqualTo(code);
        }
    }
}
