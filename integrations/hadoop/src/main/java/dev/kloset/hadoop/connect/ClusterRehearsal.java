package dev.kloset.hadoop.connect;

import dev.kloset.Location;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The way to a file system, as far as it goes without a NameNode: Hadoop's client takes most of the time of a start. */
public final class ClusterRehearsal {

    /** A port that no NameNode has. */
    private static final Location NOWHERE = Location.parse("hdfs://127.0.0.1:1/");

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private ClusterRehearsal() {}

    /** Ask for a directory of a cluster that is not there. Ends at once, because the port is closed. */
    public static void run() throws IOException, InterruptedException {
        ConnectionSettings settings = new ConnectionSettings(Optional.empty(), List.of(), Optional.of("rehearsal"),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(TIMEOUT));
        try (Cluster cluster = Cluster.of(NOWHERE, settings)) {
            cluster.fileSystem().getFileStatus(cluster.at("/"));
        } catch (IOException e) {
            // The answer that was expected.
        }
    }
}
