package dev.kloset.kafka.backup;

import dev.kloset.internal.BulkStream;
import dev.kloset.kafka.layout.KrecWriter;
import dev.kloset.kafka.layout.WindowHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The bytes of a window's file. It reads no further ahead than one record and what the writer keeps. One thread reads; any may close
 * it meanwhile, which ends the read.
 */
final class WindowStream extends BulkStream {

    private final RecordReader reader;
    private final Consumers.Lease lease;
    private final ReentrantLock lock = new ReentrantLock(); // held while the consumer is in use
    private final Chunks chunks = new Chunks(); // guarded by lock
    private final KrecWriter writer; // guarded by lock
    private boolean ended; // guarded by lock
    private final Object ending = new Object(); // a consumer that is given back must not be woken for us any more
    private boolean closed; // guarded by ending
    private boolean givenBack; // guarded by ending

    WindowStream(WindowHeader header, RecordReader reader, Consumers.Lease lease) throws IOException {
        this.reader = reader;
        this.lease = lease;
        this.writer = new KrecWriter(chunks, header);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        lock.lock();
        try {
            boolean sound = false;
            try {
                fill();
                sound = true;
            } finally {
                if (!sound) {
                    lease.end(false);
                }
            }
            return chunks.take(buffer, offset, length);
        } finally {
            lock.unlock();
        }
    }

    private void fill() throws IOException {
        while (chunks.isEmpty() && !ended) {
            ConsumerRecord<byte[], byte[]> record = reader.next();
            if (record == null) {
                writer.end();
                ended = true;
                lease.end(isUndisturbed());
            } else {
                writer.add(record);
            }
        }
    }

    private boolean isUndisturbed() {
        synchronized (ending) {
            givenBack = true;
            return !closed;
        }
    }

    @Override
    public void close() {
        synchronized (ending) {
            closed = true;
            if (!givenBack) {
                reader.stop();
            }
        }
        lock.lock();
        try {
            ended = true;
            chunks.clear();
            lease.end(false); // unless it has ended already, with a consumer that can be used again
        } finally {
            lock.unlock();
        }
    }

    /** What was written and not read yet. */
    private static final class Chunks extends OutputStream {

        /** Larger arrays are values of records, which do not change any more. */
        private static final int COPIED = 64 << 10;

        private final Deque<byte[]> chunks = new ArrayDeque<>(); // bounded by one record and the writer's buffer
        private int at;

        @Override
        public void write(int one) {
            chunks.add(new byte[]{ (byte) one });
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                boolean isValue = length > COPIED && length == bytes.length;
                chunks.add(isValue ? bytes : Arrays.copyOfRange(bytes, offset, offset + length));
            }
        }

        boolean isEmpty() {
            return chunks.isEmpty();
        }

        void clear() {
            chunks.clear();
        }

        int take(byte[] buffer, int offset, int length) {
            byte[] first = chunks.peekFirst();
            if (first == null) {
                return -1;
            }
            int count = Math.min(length, first.length - at);
            System.arraycopy(first, at, buffer, offset, count);
            at += count;
            if (at == first.length) {
                chunks.removeFirst();
                at = 0;
            }
            return count;
        }
    }
}
