package dev.kloset.kafka.backup;

import dev.kloset.kafka.connect.Cluster;
import java.io.Closeable;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;

/** The clients of one backup. They live until the importer is closed, as contents are read after the listing. */
final class Session implements Closeable {

    private final Admin admin;
    private final Consumers consumers;

    /** Connects to nothing yet. */
    Session(Cluster cluster) {
        this.admin = cluster.admin();
        this.consumers = new Consumers(cluster.properties(), Runtime.getRuntime().maxMemory());
    }

    Admin admin() {
        return admin;
    }

    Consumers consumers() {
        return consumers;
    }

    @Override
    public void close() {
        consumers.close();
        admin.close(Duration.ZERO);
    }
}
