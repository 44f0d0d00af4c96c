package dev.kloset.sdk.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Options;
import dev.kloset.sdk.OddPlugin;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A plugin as a process of its own, without the launcher: what the runtime itself must ensure. */
class PluginMainTest {

    private static final String SERVICE = "/importer.Importer/";

    private static Process start(String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OddPlugin.class.getName()));
        return new ProcessBuilder(command).start();
    }

    private static GrpcClient connect(Process plugin) {
        return GrpcClient.connect(plugin.getInputStream(), plugin.getOutputStream(), GrpcLimits.defaults());
    }

    private static String init(GrpcClient client) throws IOException, InterruptedException {
        try (ClientCall call = client.call(SERVICE + "Init")) {
            return InitResponse.decode(call.unary(
                    new InitRequest(Options.builder().build(), "odd", Map.of("location", "odd://x")).encode()))
                    .origin();
        }
    }

    private static String errors(Process plugin) throws IOException {
        return new String(plugin.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void settingsAreSentBeforeTheConnectorIsTouched() throws Exception {
        Process plugin = start();
        byte[] header = plugin.getInputStream().readNBytes(9);
        assertThat(header[3]).as("the type of the first frame is SETTINGS").isEqualTo((byte) 4);
        plugin.getOutputStream().close();
        assertThat(errors(plugin)).as("the host has not asked for the connector").isEmpty();
        assertThat(plugin.waitFor()).isZero();
    }

    @Test
    void printedTextGoesToStandardErrorAndNotIntoTheProtocol() throws Exception {
        Process plugin = start();
        try (GrpcClient client = connect(plugin)) {
            assertThat(init(client)).isEqualTo("odd");
        }
        assertThat(errors(plugin)).isEqualToIgnoringNewLines(OddPlugin.INITIALISED + OddPlugin.PRINTED);
        assertThat(plugin.waitFor()).isZero();
    }

    @Test
    void aHandlerThatHearsNoInterruptDoesNotKeepTheProcessAlive() throws Exception {
        Process plugin = start();
        try (GrpcClient client = connect(plugin); BufferedReader errors = plugin.errorReader()) {
            init(client);
            ClientCall ping = client.call(SERVICE + "Ping");
            ping.sendLast(Empty.encode());
            List<String> lines = new ArrayList<>();
            while (!lines.contains(OddPlugin.PINGING)) {
                lines.add(Objects.requireNonNull(errors.readLine(), "the plugin ended"));
            }
        }
        assertThat(plugin.waitFor(120, TimeUnit.SECONDS)).as("the process has ended").isTrue();
    }

    @Test
    void aUserWhoStartsItAtATerminalReadsWhatItIs() throws Exception {
        Process plugin = start("-Dkloset.terminal=true");
        assertThat(errors(plugin)).contains("This is a plugin for Plakar", "an importer");
        assertThat(plugin.getInputStream().readAllBytes()).isEmpty();
        assertThat(plugin.waitFor()).isEqualTo(2);
    }
}
