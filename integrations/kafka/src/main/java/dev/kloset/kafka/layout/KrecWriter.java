package dev.kloset.kafka.layout;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file of records. Equal records give equal bytes, whatever the broker's batches and codecs are. It keeps up to 64 KiB until
 * there are more or the file ends; what does not fit goes to the stream as it is. For one thread.
 */
public final class KrecWriter {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int LONGEST_NUMBER = 10;

    private final OutputStream out;
    private final WindowHeader window;
    private final CRC32C checksum = new CRC32C();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private long next;
    private long timestamp;
    private long count;

    /** Begin a file. The caller closes the stream, after {@link #end}. */
    public KrecWriter(OutputStream out, WindowHeader window) throws IOException {
        this.out = out;
        this.window = window;
        this.next = window.start();
        put(Krec.MAGIC);
        putWithLength(window.topic().getBytes(StandardCharsets.UTF_8));
        putLong(window.topicId().getMostSignificantBits());
        putLong(window.topicId().getLeastSignificantBits());
        putNumber(window.partition());
        putNumber(window.start());
        putNumber(window.size());
        putChecksum();
    }

    /**
     * Write one record. Its topic and partition are not looked at.
     *
     * @throws IllegalArgumentException if its offset is none of the window, or not above that of the record before
     */
    public void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
        long offset = record.offset();
        if (offset < next || offset >= window.end()) {
            throw new IllegalArgumentException(
                    "offset " + offset + " cannot follow here: " + window + " goes on at " + next);
        }
        Header[] headers = record.headers().toArray();
        putByte(flags(record, headers.length));
        putNumber(offset - next);
        long difference = record.timestamp() - timestamp;
        putNumber(difference << 1 ^ difference >> 63);
        putIfPresent(record.key());
        putIfPresent(record.value());
        if (headers.length > 0) {
            putNumber(headers.length);
            for (Header header : headers) {
                put(header);
            }
        }
        next = offset + 1;
        timestamp = record.timestamp();
        count++;
    }

    private static int flags(ConsumerRecord<byte[], byte[]> record, int headers) {
        return Krec.RECORD | Krec.flag(record.timestampType()) | (record.key() == null ? 0 : Krec.KEY)
                | (record.value() == null ? 0 : Krec.VALUE) | (headers == 0 ? 0 : Krec.HEADERS);
    }

    /** {@return how many records were written} */
    public long count() {
        return count;
    }

    /** End the file, once. Without this, a reader finds that it is not complete. Everything is in the stream afterwards. */
    public void end() throws IOException {
        putByte(Krec.END);
        putNumber(count);
        putChecksum();
        flush();
        out.flush();
    }

    private void put(Header header) throws IOException {
        putWithLength(header.key().getBytes(StandardCharsets.UTF_8));
        byte[] value = header.value();
        putNumber(value == null ? 0 : value.length + 1L);
        if (value != null) {
            put(value);
        }
    }

    private void putIfPresent(byte @Nullable [] bytes) throws IOException {
        if (bytes != null) {
            putWithLength(bytes);
        }
    }

    private void putWithLength(byte[] bytes) throws IOException {
        putNumber(bytes.length);
        put(bytes);
    }

    private void put(byte[] bytes) throws IOException {
        if (bytes.length > buffer.length - filled) {
            flush();
        }
        if (bytes.length > buffer.length) {
            checksum.update(bytes, 0, bytes.length);
            out.write(bytes);
        } else {
            System.arraycopy(bytes, 0, buffer, filled, bytes.length);
            filled += bytes.length;
        }
    }

    private void putByte(int value) throws IOException {
        if (filled == buffer.length) {
            flush();
        }
        buffer[filled++] = (byte) value;
    }

    private void putNumber(long value) throws IOException {
        if (buffer.length - filled < LONGEST_NUMBER) {
            flush();
        }
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[filled++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[filled++] = (byte) rest;
    }

    private void putLong(long value) throws IOException {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            putByte((int) (value >>> shift));
        }
    }

    private void putChecksum() throws IOException {
        flush();
        int sum = (int) checksum.getValue();
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            putByte(sum >>> shift);
        }
    }

    private void flush() throws IOException {
        checksum.update(buffer, 0, filled);
        out.write(buffer, 0, filled);
        filled = 0;
    }
}
