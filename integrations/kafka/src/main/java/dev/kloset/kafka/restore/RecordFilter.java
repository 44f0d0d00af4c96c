package dev.kloset.kafka.restore;

import dev.kloset.ConfigException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which records are restored. A record without a timestamp is in no range of time.
 *
 * @param from the earliest timestamp, in milliseconds
 * @param to the first timestamp that is too late
 */
record RecordFilter(long from, long to, DroppedKeys dropped) {

    static RecordFilter of(TargetSettings settings) throws IOException {
        DroppedKeys dropped = settings.dropKeys().isPresent()
                ? DroppedKeys.read(settings.dropKeys().get())
                : DroppedKeys.NONE;
        return new RecordFilter(time("from_time", settings.fromTime(), Long.MIN_VALUE),
                time("to_time", settings.toTime(), Long.MAX_VALUE), dropped);
    }

    private static long time(String setting, Optional<String> text, long absent) throws ConfigException {
        if (text.isEmpty()) {
            return absent;
        }
        try {
            Instant time = OffsetDateTime.parse(text.get()).toInstant();
            return time.toEpochMilli();
        } catch (DateTimeException | ArithmeticException _) {
            throw new ConfigException("the setting \"" + setting + "\" must be a time such as 2026-11-30T12:00:00Z");
        }
    }

    boolean isComplete() {
        return from == Long.MIN_VALUE && to == Long.MAX_VALUE && dropped.isEmpty();
    }

    boolean keeps(ConsumerRecord<byte[], byte[]> record) {
        return keepsTime(record.timestamp()) && !dropped.contains(record.key());
    }

    private boolean keepsTime(long timestamp) {
        if (from == Long.MIN_VALUE && to == Long.MAX_VALUE) {
            return true;
        }
        return timestamp >= 0 && timestamp >= from && timestamp < to;
    }
}
