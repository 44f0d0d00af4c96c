package dev.kloset.kafka.layout;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of records, one after the other; it holds one of them and 64 KiB. A file that does not end as it should is an error,
 * after its last record, so what was read counts only once {@link #next} has returned null. For one thread.
 */
public final class KrecReader {

    /** What a header takes in memory beside its bytes. */
    private static final int HEADER_BYTES = 64;

    private final CheckedBytes in;
    private final long maxRecordBytes;
    private final WindowHeader window;
    private long next;
    private long timestamp;
    private long count;
    private long room; // for the rest of the record
    private boolean ended;

    /**
     * Begin to read. The caller closes the stream.
     *
     * @param maxRecordBytes how many bytes a record may have; a larger one is an error
     * @throws IOException if this is no file of records
     */
    public KrecReader(InputStream in, long maxRecordBytes) throws IOException {
        this.in = new CheckedBytes(in);
        this.maxRecordBytes = maxRecordBytes;
        this.window = readHeader();
        this.next = window.start();
    }

    private WindowHeader readHeader() throws IOException {
        try {
            byte[] magic = in.bytes(Krec.MAGIC.length);
            if (!Arrays.equals(magic, 0, Krec.NAME_BYTES, Krec.MAGIC, 0, Krec.NAME_BYTES)) {
                throw new IOException("this is no file of Kafka's records: it does not begin with KREC");
            }
            if (!Arrays.equals(magic, Krec.MAGIC)) {
                throw new IOException("the file has format " + magic[Krec.NAME_BYTES]
                        + " and was made by a newer version of this plugin: install that one");
            }
            int length = (int) Math.clamp(in.number(), -1L, WindowHeader.LONGEST_TOPIC + 1L);
            String topic = new String(in.bytes(Math.max(length, 0)), StandardCharsets.UTF_8);
            Uuid id = new Uuid(in.fixedLong(), in.fixedLong());
            int partition = Math.clamp(in.number(), -1, Integer.MAX_VALUE);
            WindowHeader header = new WindowHeader(topic, id, partition, in.number(), in.number());
            in.check("the header");
            return header;
        } catch (EOFException e) {
            throw new IOException("the file of records ends within its header: it is not complete", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage() + ": the file was changed or damaged", e);
        }
    }

    /** {@return which records the file has} */
    public WindowHeader window() {
        return window;
    }

    /** {@return how many records were read} */
    public long count() {
        return count;
    }

    /**
     * {@return the next record, or null after the last one, if the file is complete}
     *
     * @throws IOException if the file is damaged or not complete, or a record too large
     */
    public @Nullable ConsumerRecord<byte[], byte[]> next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            int flags = in.one();
            if (flags == Krec.END) {
                readEnd();
                ended = true;
                return null;
            }
            if ((flags & Krec.RECORD) == 0 || (flags & ~Krec.ALL) != 0) {
                throw damage("there is no record where one should begin");
            }
            return readRecord(flags);
        } catch (EOFException e) {
            throw new IOException(window + ": the file ends after " + count + " records, before its end mark: "
                    + "it is not complete", e);
        }
    }

    private ConsumerRecord<byte[], byte[]> readRecord(int flags) throws IOException {
        room = maxRecordBytes;
        long missing = in.number();
        if (missing < 0 || missing >= window.end() - next) {
            throw damage("an offset is none of the window");
        }
        long offset = next + missing;
        long zigzag = in.number();
        timestamp += zigzag >>> 1 ^ -(zigzag & 1);
        byte[] key = (flags & Krec.KEY) == 0 ? null : array(offset, in.number());
        byte[] value = (flags & Krec.VALUE) == 0 ? null : array(offset, in.number());
        RecordHeaders headers = (flags & Krec.HEADERS) == 0 ? new RecordHeaders() : headers(offset);
        next = offset + 1;
        count++;
        return new ConsumerRecord<>(window.topic(), window.partition(), offset, timestamp, Krec.timestampType(flags),
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length, key, value, headers, Optional.empty());
    }

    private RecordHeaders headers(long offset) throws IOException {
        RecordHeaders headers = new RecordHeaders();
        long rest = in.number();
        while (rest != 0) {
            take(offset, HEADER_BYTES);
            String key = new String(array(offset, in.number()), StandardCharsets.UTF_8);
            long length = in.number();
            headers.add(new RecordHeader(key, length == 0 ? null : array(offset, length - 1)));
            rest--;
        }
        return headers;
    }

    private byte[] array(long offset, long length) throws IOException {
        take(offset, length);
        return in.bytes((int) length);
    }

    private void take(long offset, long bytes) throws IOException {
        if (bytes < 0 || bytes > room || bytes > Integer.MAX_VALUE) {
            throw new IOException(window + ": the record at offset " + offset + " has more than " + maxRecordBytes
                    + " bytes, for which there is no memory: give the plugin a larger heap, or the file is damaged");
        }
        room -= bytes;
    }

    private void readEnd() throws IOException {
        long expected = in.number();
        if (expected != count) {
            throw damage("it has " + count + " records, and says that it had " + expected);
        }
        in.check("the records");
        if (!in.isAtEnd()) {
            throw damage("something follows its end");
        }
    }

    private IOException damage(String what) {
        return new IOException(window + ": " + what + ": the file was changed or damaged");
    }
}
