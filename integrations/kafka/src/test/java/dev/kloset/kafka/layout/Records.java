package dev.kloset.kafka.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records and their files, as tests need them. */
public final class Records {

    /** The id of every topic. */
    public static final Uuid ID = new Uuid(0x0102030405060708L, 0x090A0B0C0D0E0F10L);

    private static final long ENOUGH = 64 << 20;
    private static final int SHORT = 64;

    private Records() {}

    /** {@return a record with texts, or without if they are null} */
    public static ConsumerRecord<byte[], byte[]> of(long offset, long timestamp, @Nullable String key,
            @Nullable String value) {
        return of(offset, timestamp, TimestampType.CREATE_TIME, bytes(key), bytes(value), new RecordHeaders());
    }

    /** {@return a record with everything} */
    public static ConsumerRecord<byte[], byte[]> of(long offset, long timestamp, TimestampType type,
            byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
        return new ConsumerRecord<>("orders", 2, offset, timestamp, type, 0, 0, key, value, headers, Optional.empty());
    }

    /** {@return the bytes of a text} */
    public static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    /** {@return the file with these records} */
    public static byte[] file(WindowHeader window, List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        KrecWriter writer = new KrecWriter(out, window);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            writer.add(record);
        }
        writer.end();
        return out.toByteArray();
    }

    /** {@return the records of a file that is complete} */
    public static List<ConsumerRecord<byte[], byte[]>> read(byte[] file) throws IOException {
        KrecReader reader = new KrecReader(new ByteArrayInputStream(file), ENOUGH);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record = reader.next(); record != null; record = reader.next()) {
            records.add(record);
        }
        return records;
    }

    /** {@return all of a record that a snapshot keeps} */
    public static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder headers = new StringBuilder();
        for (Header header : record.headers()) {
            headers.append(' ').append(header.key()).append('=').append(text(header.value()));
        }
        return record.offset() + " " + record.timestampType() + " " + record.timestamp() + " " + text(record.key())
                + " " + text(record.value()) + headers;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= SHORT
                ? Arrays.toString(bytes)
                : bytes.length + " bytes with hash " + Arrays.hashCode(bytes);
    }

    /** {@return records of a window with everything that occurs, gaps among it} */
    public static List<ConsumerRecord<byte[], byte[]>> arbitrary(SplittableRandom random, WindowHeader window) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long offset = window.start();
        int most = random.nextInt(40);
        while (records.size() < most && offset < window.end()) {
            records.add(
                    of(offset, timestamp(random), List.of(TimestampType.values()).get(random.nextInt(3)), array(random),
                            array(random), headers(random)));
            offset += random.nextInt(4) == 0 ? random.nextLong(window.size()) + 1 : 1;
        }
        return records;
    }

    private static long timestamp(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> -1;
            case 1 -> random.nextLong();
            case 2 -> Long.MAX_VALUE;
            case 3 -> 0;
            default -> 1_700_000_000_000L + random.nextInt(100_000);
        };
    }

    private static byte @Nullable [] array(SplittableRandom random) {
        return switch (random.nextInt(40)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> bytes(random, 60_000 + random.nextInt(80_000));
            default -> bytes(random, random.nextInt(40));
        };
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static RecordHeaders headers(SplittableRandom random) {
        RecordHeaders headers = new RecordHeaders();
        List<String> keys = List.of("", "a", "trace-id", "ä\uD83D\uDE00");
        for (int i = random.nextInt(3) == 0 ? random.nextInt(5) : 0; i > 0; i--) {
            headers.add(keys.get(random.nextInt(keys.size())), array(random));
        }
        return headers;
    }

    /** {@return each record's text} */
    public static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(Records::text).toList();
    }
}
