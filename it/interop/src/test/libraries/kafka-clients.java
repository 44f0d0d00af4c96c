// What it needs: org.apache.kafka:kafka-clients:4.1.0
// What it says: no server
package org.example;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;

final class Call {

    private Call() {}

    static String say() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "1000",
                "request.timeout.ms", "500"))) {
            admin.describeCluster().nodes().get();
            return "connected";
        } catch (ExecutionException e) {
            return e.getCause() instanceof TimeoutException ? "no server" : String.valueOf(e.getCause());
        }
    }
}
