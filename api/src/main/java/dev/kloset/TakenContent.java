package dev.kloset;

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
import org.jspecify.annotations.Nullable;

/**
 * A content that was taken off the wire: its beginning in memory, then a spill file. If that is not all of it, the rest is
 * still on the wire. For one thread at a time.
 */
final class TakenContent implements AutoCloseable {

    /** Length of the buffer for {@link #take}. */
    static final int BUFFER_BYTES = 64 * 1024;

    /**
     * How much of a content is kept.
     *
     * @param memory bytes in memory
     * @param spill further bytes, in a file in {@code directory}
     */
    record Limits(long memory, Path directory, long spill) {

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
    private boolean opened;

    private TakenContent(String pathname, Limits limits) {
        this.pathname = pathname;
        this.limits = limits;
    }

    /**
     * {@return the content, taken off the wire as far as it can be kept} The caller closes.
     *
     * @throws IOException if it did not arrive completely
     */
    static TakenContent take(Content content, ConnectorRecord record, Limits limits, byte[] buffer)
            throws IOException, InterruptedException {
        TakenContent taken = new TakenContent(record.pathname(), limits);
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
            System.getLogger(TakenContent.class.getName())
                    .log(Level.DEBUG, "cannot keep " + pathname + " in a file in " + limits.directory(), e);
            return false;
        }
    }

    /** {@return whether nothing of it is on the wire any more} */
    boolean isWhole() {
        return rest == null;
    }

    /** {@return all the bytes} Once only, if the content is not whole. */
    InputStream open() throws IOException {
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

    @Override
    public void close() {
        if (spill != null) {
            spill.close();
        }
    }
}
