package dev.kloset.kafka.backup;

import dev.kloset.RecordSink;
import dev.kloset.kafka.connect.Cluster;
import dev.kloset.kafka.layout.GroupFile;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.PointFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Emits the records of one backup. */
record Backup(Cluster cluster, Session session, SourceSettings settings, Selection selection) {

    void emit(RecordSink sink) throws IOException, InterruptedException {
        Topics topics = Topics.of(cluster, session.admin(), selection);
        Set<String> names = new HashSet<>();
        topics.topics().forEach(topic -> names.add(topic.name()));
        // Before the cut, so that no group points behind it.
        Groups groups = Groups.of(session.admin(), selection, names::contains);
        Cut cut = Cut.take(session.admin(), topics.topics());
        SnapshotRecords records = new SnapshotRecords(sink, Instant.now());
        Description description = new Description(cluster, session.admin(), topics.topics(), cut);
        records.directory("/");
        records.text(Layout.CLUSTER, description.file().write());
        records.directory(Layout.TOPICS);
        records.unreadable(topics.unreadable());
        records.unreadable(cut.unreadable());
        new TopicRecords(cluster, session, settings, cut, records).emit(description.present());
        emit(groups, records);
        emitSettings(records);
        records.text(Layout.POINT, point(description.present(), cut).write());
    }

    private static void emit(Groups groups, SnapshotRecords records) throws IOException, InterruptedException {
        records.directory(Layout.GROUPS);
        for (GroupFile group : groups.groups()) {
            records.text(Layout.group(group.group()), group.write());
        }
        records.unreadable(groups.unreadable());
    }

    private void emitSettings(SnapshotRecords records) throws IOException, InterruptedException {
        ClusterSettings own = new ClusterSettings(session.admin(), cluster.who());
        if (selection.hasFile(Layout.ACLS)) {
            own.emitAcls(records);
        }
        if (selection.hasFile(Layout.QUOTAS)) {
            own.emitQuotas(records);
        }
    }

    private PointFile point(List<SourceTopic> topics, Cut cut) {
        List<PointFile.Partition> partitions = new ArrayList<>();
        for (SourceTopic topic : topics) {
            for (int number = 0; number < topic.partitions(); number++) {
                Cut.Bounds bounds = cut.of(topic.partition(number));
                partitions.add(new PointFile.Partition(topic.name(), number, bounds.earliest(), bounds.cut(),
                        bounds.high(), bounds.epoch()));
            }
        }
        return new PointFile(settings.window(), partitions);
    }
}
