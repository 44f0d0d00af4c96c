package dev.kloset.export;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A content of a restore that was taken off the wire: its beginning in memory, then a spill file. {@link ParallelExport} gives
 * these to its handler; an exporter that orders its work differently takes them itself, on the thread that reads the records:
 *
 * {@snippet :
 * try (BufferedContent rows = BufferedContent.take(record, limits)) {
 *     if (rows.isWhole()) {
 *         // The next record may be read now. Open the rows again for each attempt.
 *     }
 * }
 * }
 *
 * <p>If memory and file do not hold the whole content, the rest is still on the wire: it can be opened once, and only before the
 * next record is asked for. A whole content can be opened as often as you like, on several threads at once, until it is closed.
 * If a thread is interrupted while it reads from the spill file, the system closes the file for all of them.
 */
public final class BufferedContent implements Content, AutoCloseable {

    /** Length of the buffer for {@link #take}. */
    static final int BUFFER_BYTES = 64 * 1024;

    /**
     * How much of a content is kept.
     *
     * @param memory bytes in memory, not negative
     * @param directory where the spill file is made; it must exist once a content needs one
     * @param spill further bytes, in the spill file; zero for none
     */
    public record Limits(long memory, Path directory, long spill) {

        /** Check the sizes. */
        public Limits {
            Objects.requireNonNull(directory, "directory");
            if (memory < 0 || spill < 0) {
                throw new IllegalArgumentException("a content cannot be kept in a negative number of bytes");
            }
        }

        boolean allow(ConnectorRecord record) {
            return !(record instanceof FileRecord file) || file.info().size() - memory <= spill;
        }
    }

    private final String pathname;
    private final Limits limits;
    private final List<byte[]> memory = new ArrayList<>();
    private long memoryBytes;
    private @Nullable SpillFile spill;
    private byte[] pending = {};
    private @Nullable InputStream rest; // the end of the content, after what is pending
    private boolean opened; // matters only while there is a rest, which has one thread

    private BufferedContent(String pathname, Limits limits) {
        this.pathname = pathname;
        this.limits = limits;
    }

    /**
     * {@return the content of {@code record}, of which as much is taken off the wire as can be kept} Blocks until it has come. The
     * caller closes it. It may be larger than its record says, or the spill file may not be writable: see {@link #isWhole}.
     *
     * @param record a record of this restore, of which the content has not been opened
     * @throws IOException if it did not arrive completely
     * @throws InterruptedException if the thread was interrupted, as when the restore is cancelled
     * @throws IllegalArgumentException if the record has no content
     */
    public static BufferedContent take(ConnectorRecord record, Limits limits) throws IOException, InterruptedException {
        Content content = of(record);
        if (content == null) {
            throw new IllegalArgumentException("the record " + record.pathname() + " has no content");
        }
        return take(content, record, limits, new byte[BUFFER_BYTES]);
    }

    /** {@return the content of {@code record}, or null if it has none} */
    static @Nullable Content of(ConnectorRecord record) {
        return switch (record) {
            case FileRecord file -> file.content().orElse(null);
            case XattrRecord xattr -> xattr.content();
            case ErrorRecord _ -> null;
        };
    }

    static BufferedContent take(Content content, ConnectorRecord record, Limits limits, byte[] buffer)
            throws IOException, InterruptedException {
        BufferedContent taken = new BufferedContent(record.pathname(), limits);
        InputStream in = content.open();
        boolean done = false;
        try {
            if (limits.allow(record) && taken.takeAll(in, buffer)) {
                in.close();
            } else {
                taken.rest = in;
            }
            done = true;
            return taken;
        } catch (ClosedByInterruptException e) {
            InterruptedException interruption = new InterruptedException("interrupted while keeping " + taken.pathname);
            interruption.initCause(e);
            throw interruption;
        } finally {
            if (!done) {
                try (in) {
                    taken.close();
                }
            }
        }
    }

    private boolean takeAll(InputStream in, byte[] buffer) throws IOException {
        int count;
        do {
            count = in.readNBytes(buffer, 0, buffer.length);
            if (count > 0 && !keep(buffer, count)) {
                pending = Arrays.copyOf(buffer, count);
                return false;
            }
        } while (count == buffer.length);
        return true;
    }

    private boolean keep(byte[] bytes, int count) throws ClosedByInterruptException {
        if (spill == null && memoryBytes + count <= limits.memory()) {
            memory.add(Arrays.copyOf(bytes, count));
            memoryBytes += count;
            return true;
        }
        try {
            if (spill == null) {
                spill = limits.spill() < count ? null : SpillFile.create(limits.directory());
            }
            return spill != null && spill.length() + count <= limits.spill() && spill.add(bytes, count);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            System.getLogger(BufferedContent.class.getName())
                    .log(Level.DEBUG, "cannot keep " + pathname + " in a file in " + limits.directory(), e);
            return false;
        }
    }

    /** {@return whether the wire holds no more bytes of this content} */
    public boolean isWhole() {
        return rest == null;
    }

    /** {@return how many bytes were taken off the wire: if the content is whole, its length, whatever its record says} */
    public long length() {
        return memoryBytes + pending.length + (spill == null ? 0 : spill.length());
    }

    /**
     * {@return all the bytes} The stream is valid until this content is closed.
     *
     * @throws IOException if the content is not whole and has been opened before
     */
    @Override
    public InputStream open() throws IOException {
        if (opened && rest != null) {
            throw new IOException("the content of " + pathname
                    + " can be opened once only: it is too large to be kept, and the host sends it once");
        }
        opened = true;
        List<InputStream> parts = new ArrayList<>();
        memory.forEach(bytes -> parts.add(new ByteArrayInputStream(bytes)));
        if (spill != null) {
            parts.add(spill.open());
        }
        if (rest != null) {
            parts.add(new ByteArrayInputStream(pending));
            parts.add(rest);
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    /** Delete the spill file. Memory goes with the object. A second call does nothing. */
    @Override
    public void close() {
        if (spill != null) {
            spill.close();
        }
    }
}
