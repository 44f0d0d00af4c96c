package dev.kloset.kafka.backup;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.kafka.connect.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** What a doctor finds out about the topics of a source. */
record SourceDiagnosis(Cluster cluster, Selection selection) {

    private static final int LISTED = 10;

    /** Fail if a topic may not be read. */
    void rights() throws IOException, InterruptedException {
        List<String> failures = new ArrayList<>();
        try (Admin admin = cluster.admin()) {
            Topics.of(cluster, admin, selection).unreadable().forEach(topic -> failures.add(topic.sentence()));
        }
        fail(ErrorKind.PERMISSION, failures);
    }

    /** Fail if a partition has no leader: its records are not in a backup of now. */
    void leaders() throws IOException, InterruptedException {
        List<String> failures = new ArrayList<>();
        try (Admin admin = cluster.admin()) {
            for (SourceTopic topic : Topics.of(cluster, admin, selection).topics()) {
                topic.leaderless().forEach(number -> failures.add(Cut.words(topic.partition(number)) + ": no leader"));
            }
        }
        fail(ErrorKind.TRANSIENT, failures);
    }

    private static void fail(ErrorKind kind, List<String> failures) throws ConnectorException {
        if (!failures.isEmpty()) {
            String more = failures.size() > LISTED ? "; and " + (failures.size() - LISTED) + " more" : "";
            throw new ConnectorException(kind,
                    String.join("; ", failures.subList(0, Math.min(LISTED, failures.size()))) + more);
        }
    }
}
