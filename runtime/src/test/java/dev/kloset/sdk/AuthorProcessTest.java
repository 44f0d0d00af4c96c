package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.Options;
import dev.kloset.XattrType;
import dev.kloset.sdk.internal.service.HostEnd;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an importer does to its whole process, as the host sees it at the other end of the pipes. */
class AuthorProcessTest {

    private static final String SERVICE = "/importer.Importer/";

    private static ChildJava start(Map<String, String> environment, String... options) throws IOException {
        return ChildJava.start(AuthorPlugin.class, environment, List.of(options));
    }

    private static ClientCall call(GrpcClient host, String method) throws IOException, InterruptedException {
        ClientCall call = host.call(SERVICE + method);
        call.deadline(Duration.ofMinutes(2));
        return call;
    }

    private static void unary(GrpcClient host, String method, ByteBuffer request)
            throws IOException, InterruptedException {
        try (ClientCall call = call(host, method)) {
            call.unary(request);
        }
    }

    private static ClientCall begin(GrpcClient host, String place) throws IOException, InterruptedException {
        unary(host, "Init",
                new InitRequest(Options.builder().build(), "author", Map.of("location", "author://" + place)).encode());
        return call(host, "Import");
    }

    /** {@return how many records came before "finished"} */
    private static int acknowledgeAll(ClientCall call) throws IOException, InterruptedException {
        int count = 0;
        for (ConnectorRecord record = HostEnd.nextRecord(call); record != null; record = HostEnd.nextRecord(call)) {
            HostEnd.acknowledge(call, record);
            count++;
        }
        return count;
    }

    private static void end(ClientCall call) throws IOException, InterruptedException {
        call.halfClose();
        assertThat(call.receive()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "platform", "virtual", "waited-for" })
    void aThreadThatDiesAfterItHasEmittedFailsTheImport(String place) throws Exception {
        try (ChildJava plugin = start(Map.of()); GrpcClient host = plugin.client()) {
            ClientCall call = begin(host, place);
            assertThatThrownBy(() -> acknowledgeAll(call)).isInstanceOf(StatusException.class)
                    .hasMessageContaining(
                            "the thread \"walker\" of the connector, which had emitted records, ended by an "
                                    + "exception: ")
                    .hasMessageContaining("the listing of /sub has no end");
        }
    }

    @Test
    void caughtExceptionsAndThreadsThatNeverEmittedDoNotFailTheImport() throws Exception {
        try (ChildJava plugin = start(Map.of()); GrpcClient host = plugin.client()) {
            ClientCall call = begin(host, "caught");
            assertThat(acknowledgeAll(call)).isEqualTo(1);
            end(call);
        }
    }

    /** Native code holds the only carrier; with a virtual thread for acknowledgements the import stopped at 1,024 records. */
    @Test
    void anImporterThatEmitsInsideOfNativeCodeGoesOnWithOneProcessor() throws Exception {
        try (ChildJava plugin = start(Map.of(), "-XX:ActiveProcessorCount=1", "--enable-native-access=ALL-UNNAMED");
                GrpcClient host = plugin.client()) {
            ClientCall call = begin(host, "native");
            assertThat(acknowledgeAll(call)).isEqualTo(AuthorPlugin.NATIVE);
            end(call);
        }
    }

    private static void read(GrpcClient host, String pathname) throws IOException, InterruptedException {
        try (ClientCall call = call(host, "Open")) {
            call.sendLast(new OpenRequest(pathname, false, "", XattrType.EXTENDED, "").encode());
            while (call.receive() != null) {
                // to the end
            }
        }
    }

    @Test
    void contentsOfAnotherSizeThanAnnouncedGetWarningsAndATotal() throws Exception {
        try (ChildJava plugin = start(Map.of("KLOSET_STATS", "json"))) {
            try (GrpcClient host = plugin.client()) {
                ClientCall call = begin(host, "sizes");
                List<ConnectorRecord> records = new ArrayList<>();
                for (ConnectorRecord record = HostEnd.nextRecord(call); record != null; record = HostEnd
                        .nextRecord(call)) {
                    records.add(record);
                }
                for (ConnectorRecord record : records) {
                    read(host, record.pathname());
                    HostEnd.acknowledge(call, record);
                }
                end(call);
                unary(host, "Close", Empty.encode());
            }
            List<String> lines = plugin.errors().lines().toList();
            assertThat(lines).filteredOn(line -> line.contains(" was announced with 30 bytes, and read with 3 bytes"))
                    .hasSize(10);
            assertThat(lines.getFirst()).contains("/f0 was announced");
            assertThat(lines).filteredOn(line -> line.contains("announced"))
                    .hasSize(11)
                    .last()
                    .asString()
                    .contains("3 more files were read with another size than announced");
            assertThat(lines.getLast()).contains("\"size-differences\":13,");
        }
    }
}
