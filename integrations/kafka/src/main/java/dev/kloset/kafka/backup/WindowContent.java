package dev.kloset.kafka.backup;

import dev.kloset.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** The records of a window. It leases a consumer while it is open. */
record WindowContent(Window window, Consumers consumers, TopicIds ids, Duration timeout) implements Content {

    @Override
    public InputStream open() throws IOException {
        Consumers.Lease lease = consumers.lease(window.topic().largest());
        boolean opened = false;
        try {
            ids.check(window.topic());
            RecordReader reader = new RecordReader(window, lease.consumer(), this);
            InputStream stream = new WindowStream(window.header(), reader, lease);
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                lease.end(false);
            }
        }
    }
}
