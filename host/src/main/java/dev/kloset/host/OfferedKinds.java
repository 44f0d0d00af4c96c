package dev.kloset.host;

import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.protobuf.Rpc;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out what a plugin offers instead of the connector that the host asked for. */
final class OfferedKinds {

    /** A plugin without the service says so at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Map<String, String> SERVICES = new TreeMap<>(Map.of(Rpc.IMPORTER, "importers",
            Rpc.EXPORTER, "exporters", Rpc.STORE, "stores"));

    private OfferedKinds() {}

    /** {@return a list such as {@code importers and stores}; empty if the plugin does not say} */
    static String of(GrpcClient client) throws InterruptedException {
        List<String> kinds = new ArrayList<>();
        try {
            for (Map.Entry<String, String> service : SERVICES.entrySet()) {
                if (knows(client, service.getKey() + Rpc.PING)) {
                    kinds.add(service.getValue());
                }
            }
        } catch (IOException e) {
            return ""; // the plugin may have ended: some do when they are pinged too soon
        }
        return String.join(" and ", kinds);
    }

    /** A plugin refuses a ping before Init. Only a plugin without the service refuses it as an unknown call. */
    private static boolean knows(GrpcClient client, String path) throws IOException, InterruptedException {
        try (ClientCall call = client.call(path, PATIENCE)) {
            call.unary(Empty.encode());
            return true;
        } catch (StatusException e) {
            StatusCode code = e.status().code();
            if (code == StatusCode.UNAVAILABLE || code == StatusCode.DEADLINE_EXCEEDED) {
                throw e;
            }
            return code != StatusCode.UNIMPLEMENTED;
        }
    }
}
