package dev.kloset.sdk.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Options;
import dev.kloset.sdk.ChildJava;
import dev.kloset.sdk.ChildJava.Outcome;
import dev.kloset.sdk.SamplePlugin;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachTest {

    @TempDir
    Path temporary;

    private Path socket() {
        return temporary.resolve("plugin.socket");
    }

    private ChildJava plugin() throws IOException {
        ChildJava plugin = ChildJava.start(SamplePlugin.class, List.of(), "attach", socket().toString());
        assertThat(plugin.firstErrorLine()).isEqualTo("waiting for hosts at " + socket());
        return plugin;
    }

    private ChildJava bridge(String kind) throws IOException {
        return ChildJava.start(SocketBridge.class, List.of(), socket().toString(), kind);
    }

    private static String originOf(GrpcClient host, String location) throws IOException, InterruptedException {
        InitRequest request = new InitRequest(Options.builder().build(), "demo", Map.of("location", location));
        try (ClientCall call = host.call("/importer.Importer/Init")) {
            call.deadline(Duration.ofMinutes(2));
            return InitResponse.decode(call.unary(request.encode())).origin();
        }
    }

    private static String firstRecord(GrpcClient host) throws IOException, InterruptedException {
        try (ClientCall call = host.call("/importer.Importer/Import")) {
            call.deadline(Duration.ofMinutes(2));
            ByteBuffer message = Objects.requireNonNull(call.receive());
            return Objects.requireNonNull(ImportResponse.decode(message).record()).record().pathname();
        }
    }

    @Test
    void severalHostsAtOnceAreServedEachByItself() throws Exception {
        List<ChildJava> bridges = new ArrayList<>();
        try (ChildJava _ = plugin()) {
            for (int i = 0; i < 3; i++) {
                bridges.add(bridge("importer"));
            }
            List<GrpcClient> hosts = bridges.stream().map(ChildJava::client).toList();
            for (int i = 0; i < 3; i++) {
                assertThat(originOf(hosts.get(i), "demo:///" + i)).isEqualTo("/" + i);
            }
            bridges.getFirst().kill();
            for (GrpcClient host : hosts.subList(1, 3)) {
                assertThat(firstRecord(host)).isEqualTo("/file-0");
            }
        } finally {
            bridges.forEach(ChildJava::close);
        }
    }

    @Test
    void theBridgeEndsWithItsHost() throws Exception {
        try (ChildJava _ = plugin(); ChildJava bridge = bridge("importer"); GrpcClient host = bridge.client()) {
            assertThat(originOf(host, "demo:///x")).isEqualTo("/x");
            bridge.hangUp();
            assertThat(bridge.end().status()).isZero();
        }
    }

    @Test
    void theBridgeEndsWithThePlugin() throws Exception {
        try (ChildJava plugin = plugin(); ChildJava bridge = bridge("importer"); GrpcClient host = bridge.client()) {
            assertThat(originOf(host, "demo:///x")).isEqualTo("/x");
            plugin.kill();
            assertThat(bridge.end().errors())
                    .isEqualTo("the plugin that was attached at " + socket() + " is gone\n");
        }
    }

    @Test
    void withoutAListenerTheBridgeSaysWhatToDo() throws Exception {
        Outcome outcome = ChildJava.run(SocketBridge.class, List.of(), socket().toString(), "importer");
        assertThat(outcome).isEqualTo(new Outcome(1, "", "no process listens at " + socket()
                + " (No such file or directory): start the plugin in the IDE with the arguments: attach " + socket()
                + "\n"));
    }

    @Test
    void aKindThatIsNotOfferedIsRefused() throws Exception {
        try (ChildJava _ = plugin()) {
            Outcome outcome = ChildJava.run(SocketBridge.class, List.of(), socket().toString(), "inventory");
            assertThat(outcome).isEqualTo(new Outcome(1, "",
                    "there is no kind of connector \"inventory\": it must be importer, exporter or storage\n"));
        }
    }

    @Test
    void aSessionServesOneKindIfTheBridgeNamesIt() throws Exception {
        try (ChildJava _ = plugin(); ChildJava bridge = bridge("storage"); GrpcClient host = bridge.client()) {
            assertThatThrownBy(() -> originOf(host, "demo:///x"))
                    .hasMessage("there is no method /importer.Importer/Init");
        }
    }

    @Test
    void onlyTheUserMayUseTheSocket() throws Exception {
        try (ChildJava _ = plugin()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket()))).isEqualTo("rw-------");
        }
    }

    @Test
    void aSocketThatIsInUseIsLeftAlone() throws Exception {
        try (ChildJava _ = plugin(); ChildJava bridge = bridge("importer"); GrpcClient host = bridge.client()) {
            Outcome second = ChildJava.run(SamplePlugin.class, List.of(), "attach", socket().toString());
            assertThat(second.errors()).isEqualTo("cannot listen at " + socket()
                    + ": another process already does; end it or name another socket\n");
            assertThat(originOf(host, "demo:///x")).isEqualTo("/x");
        }
    }

    @Test
    void aSocketThatIsLeftOverIsReplaced() throws Exception {
        try (ChildJava plugin = plugin()) {
            plugin.kill();
        }
        assertThat(socket()).exists();
        try (ChildJava _ = plugin(); ChildJava bridge = bridge("importer"); GrpcClient host = bridge.client()) {
            assertThat(originOf(host, "demo:///x")).isEqualTo("/x");
        }
    }

    @Test
    void aFileIsNotReplaced() throws Exception {
        Files.writeString(socket(), "precious");
        Outcome outcome = ChildJava.run(SamplePlugin.class, List.of(), "attach", socket().toString());
        assertThat(outcome.errors())
                .isEqualTo("cannot listen at " + socket() + ": the file there is not a socket\n");
        assertThat(socket()).hasContent("precious");
    }
}
