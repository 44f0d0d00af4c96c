package dev.kloset.kafka.backup;

import dev.kloset.kafka.connect.Cluster;
import dev.kloset.kafka.connect.Waits;
import dev.kloset.kafka.layout.ClusterFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;

/** What the first file of a snapshot says. */
record Description(Cluster cluster, Admin admin, List<SourceTopic> topics, Cut cut) {

    /** {@return the topics that are in the snapshot: those that were not deleted before the cut} */
    List<SourceTopic> present() {
        return topics.stream().filter(cut::hasAny).toList();
    }

    ClusterFile file() throws IOException, InterruptedException {
        String what = "cannot look at " + cluster.name();
        var answer = admin.describeCluster();
        List<ClusterFile.Broker> brokers = new ArrayList<>();
        for (Node node : Waits.get(answer.nodes(), what)) {
            brokers.add(new ClusterFile.Broker(node.id(), node.host(), node.port(), node.rack()));
        }
        Map<String, Long> features = new TreeMap<>();
        Waits.get(admin.describeFeatures().featureMetadata(), what)
                .finalizedFeatures()
                .forEach((name, range) -> features.put(name, (long) range.maxVersionLevel()));
        return new ClusterFile(Waits.get(answer.clusterId(), what), features, brokers,
                present().stream().map(this::topic).toList());
    }

    private ClusterFile.Topic topic(SourceTopic topic) {
        return new ClusterFile.Topic(topic.name(), topic.replication(),
                IntStream.range(0, topic.partitions())
                        .mapToObj(number -> cut.of(topic.partition(number)).earliest())
                        .toList());
    }
}
