package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorRecord;
import dev.kloset.Options;
import dev.kloset.XattrType;
import dev.kloset.sdk.internal.service.HostEnd;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An author's code that blocks where it should not, or holds what others need, in a process with one processor. */
@Timeout(90)
class StubbornPluginTest {

    private static final String SERVICE = "/importer.Importer/";

    private static ChildJava start() throws IOException {
        return ChildJava.start(StubbornPlugin.class,
                List.of("-XX:ActiveProcessorCount=1", "--enable-native-access=ALL-UNNAMED"));
    }

    private static void init(GrpcClient client) throws IOException, InterruptedException {
        try (ClientCall call = client.call(SERVICE + "Init")) {
            call.unary(new InitRequest(Options.builder().build(), "x", Map.of("location", "x://x")).encode());
        }
    }

    private static void ping(GrpcClient client) throws IOException, InterruptedException {
        try (ClientCall call = client.call(SERVICE + "Ping")) {
            call.unary(Empty.encode());
        }
    }

    @Test
    void aChannelWhoseCloseHangsStopsNoOtherCallNorTheEndOfTheProcess() throws Exception {
        try (ChildJava plugin = start(); GrpcClient client = plugin.client()) {
            init(client);
            ClientCall blocked = client.call(SERVICE + "Ping");
            blocked.sendLast(Empty.encode());
            assertThat(plugin.firstErrorLine()).isEqualTo(StubbornPlugin.BLOCKED);
            blocked.cancel();
            for (int i = 0; i < 10; i++) {
                ping(client);
            }
            plugin.hangUp();
            plugin.status();
        }
    }

    @Test
    void aProcessThatEndsWhileAChannelIsInUseThatCannotBeClosedEndsInTime() throws Exception {
        try (ChildJava plugin = start(); GrpcClient client = plugin.client()) {
            init(client);
            client.call(SERVICE + "Ping").sendLast(Empty.encode());
            assertThat(plugin.firstErrorLine()).isEqualTo(StubbornPlugin.BLOCKED);
            plugin.hangUp();
            plugin.status();
        }
    }

    @Test
    void aListingInNativeCodeAndAContentThatComputesLeaveTheirProcessorToOthers() throws Exception {
        try (ChildJava plugin = start(); GrpcClient client = plugin.client()) {
            init(client);
            try (ClientCall listing = client.call(SERVICE + "Import");
                    ClientCall computing = client.call(SERVICE + "Open")) {
                int records = 0;
                for (ConnectorRecord record = HostEnd.nextRecord(listing); record != null; record = HostEnd
                        .nextRecord(listing)) {
                    if (records++ == 0) {
                        computing.sendLast(new OpenRequest("/computed", false, "", XattrType.EXTENDED, "").encode());
                        assertThat(plugin.firstErrorLine()).isEqualTo("computing");
                    }
                    HostEnd.acknowledge(listing, record);
                }
                assertThat(records).isEqualTo(StubbornPlugin.RECORDS);
                listing.halfClose();
                assertThat(listing.receive()).isNull();
            }
        }
    }
}
