package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.sdk.ChildJava.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that is started by mistake without a host: from cron, in a loop of a script, with its output in a log. */
class LauncherStreamsTest {

    private static final String PRECIOUS = "what the job has said so far\n";

    @TempDir
    Path temporary;

    private LauncherImage image;
    private Path log;
    private final Map<String, String> environment = LauncherImage.environment();

    @BeforeEach
    void install() throws IOException {
        image = LauncherImage.create(temporary.resolve("image"));
        log = Files.writeString(temporary.resolve("job.log"), PRECIOUS);
        environment.put("KLOSET_NO_START_CACHE", "1");
    }

    /** Run {@code command}, with {@code $0} and so on, in the directory of the log. */
    private Outcome shell(String command, String... words) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-c", command));
        arguments.addAll(List.of(words));
        try (ChildJava child = ChildJava.start(temporary, environment, Path.of("/bin/sh"),
                arguments.toArray(String[]::new))) {
            child.hangUp();
            return child.end();
        }
    }

    private static Outcome refused(String stream) {
        return new Outcome(2, "", "cannot serve a host: " + stream
                + " is neither a pipe nor a socket, and was left as it is; Plakar and kloset start this plugin themselves\n");
    }

    @ParameterizedTest
    @CsvSource({ ">> job.log,output", "</dev/null >> job.log,input", "</dev/null,input", "< .,input",
        "<&- >> job.log,input",
        "< job.log,input", ">/dev/null,output", ">&-,output", "<> job.log >&0,input" })
    void aStreamThatIsNeitherPipeNorSocketIsRefusedAndUntouched(String redirection, String stream) throws Exception {
        Outcome refused = refused("standard " + stream);
        assertThat(shell("exec \"$0\" " + redirection, image.launcher.toString())).isEqualTo(refused);
        assertThat(log).hasContent(PRECIOUS);
        assertThat(shell("exec \"$0\" -cp \"$1\" \"$2\" " + redirection,
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                System.getProperty("java.class.path"), SamplePlugin.class.getName())).as("without the launcher")
                .isEqualTo(refused);
        assertThat(log).hasContent(PRECIOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/bin/dash", "/bin/bash", "/bin/busybox sh" })
    void everyShellSeesWhatTheStreamsAre(String shell) throws Exception {
        assumeTrue(Files.isExecutable(Path.of(shell.split(" ", 2)[0])), () -> shell + " is not installed");
        String plugin = "exec " + shell + " \"$0\" ";
        assertThat(shell(plugin + ">> job.log", image.launcher.toString())).isEqualTo(refused("standard output"));
        assertThat(log).hasContent(PRECIOUS);
        Outcome served = shell(plugin, image.launcher.toString());
        assertThat(served.status()).as(served.errors()).isZero();
        assertThat(served.output().charAt(3)).as("the type of the first frame is SETTINGS").isEqualTo('\4');
    }

    @Test
    void messagesForPeopleMayGoToAFile() throws Exception {
        assertThat(shell("exec \"$0\" about </dev/null >> job.log", image.launcher.toString()))
                .isEqualTo(new Outcome(0, "", ""));
        assertThat(Files.readString(log)).startsWith(PRECIOUS + "sample v1.2.0, a plugin for Plakar");
        Outcome help = shell("exec \"$0\" --help </dev/null > help 2>&1", image.launcher.toString());
        assertThat(help.status()).isZero();
        // Help goes to standard error, which is this file too.
        assertThat(temporary.resolve("help")).content().startsWith("This is a plugin for Plakar.");
    }

    @Test
    void aHostMayBeAtTheOtherEndOfASocket() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "only bash makes sockets");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildJava child = ChildJava.start(temporary, environment, Path.of("/bin/bash"), "-c",
                        "exec 9<>/dev/tcp/127.0.0.1/$0; exec \"$1\" <&9 >&9", "" + server.getLocalPort(),
                        image.launcher.toString())) {
            try (Socket host = server.accept()) {
                assertThat(host.getInputStream().readNBytes(9)[3]).as("the type of the first frame is SETTINGS")
                        .isEqualTo((byte) 4);
                host.shutdownOutput();
                assertThat(child.end().errors()).isEmpty();
            }
            assertThat(child.status()).isZero();
        }
    }
}
