package dev.kloset.kafka.backup;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.kafka.connect.Waits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks whether topics are still those that were listed. For any number of threads. */
record TopicIds(Admin admin) {

    /** Check that a topic was neither deleted nor made again since it was listed. */
    void check(SourceTopic topic) throws IOException {
        Uuid now;
        try {
            var answer = admin.describeTopics(List.of(topic.name())).topicNameValues().get(topic.name());
            TopicDescription description = Waits.get(Objects.requireNonNull(answer),
                    "cannot look at topic " + topic.name());
            now = description.topicId();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stop = new InterruptedIOException("interrupted while looking at " + topic.name());
            stop.initCause(e);
            throw stop;
        } catch (IOException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                ConnectorException gone = new ConnectorException(ErrorKind.NOT_FOUND,
                        "topic " + topic.name() + " was deleted while it was to be read");
                gone.addSuppressed(e);
                throw gone;
            }
            throw e;
        }
        if (!now.equals(topic.id())) {
            throw new ConnectorException(ErrorKind.NOT_FOUND,
                    "topic " + topic.name() + " was deleted and made again while it was to be read");
        }
    }
}
