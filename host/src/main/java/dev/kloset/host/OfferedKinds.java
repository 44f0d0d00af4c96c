package dev.kloset.host;

import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out what a plugin offers that does not offer what was asked for. */
final class OfferedKinds {

    /** A plugin that has no such service says so at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Map<String, String> SERVICES = new TreeMap<>(Map.of("/importer.Importer/", "importers",
            "/plakar.exporter.Exporter/", "exporters", "/store.Store/", "stores"));

    private OfferedKinds() {}

    /** {@return such as {@code importers and stores}; empty if the plugin does not tell} */
    static String of(GrpcClient client) throws InterruptedException {
        List<String> kinds = new ArrayList<>();
        try {
            for (Map.Entry<String, String> service : SERVICES.entrySet()) {
                if (knows(client, service.getKey() + "Ping")) {
                    kinds.add(service.getValue());
                }
            }
        } catch (IOException e) {
            return ""; // it may have ended: some do when they are pinged too soon
        }
        return String.join(" and ", kinds);
    }

    /** Before Init a ping is refused; only where there is no such service, as an unknown call. */
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
