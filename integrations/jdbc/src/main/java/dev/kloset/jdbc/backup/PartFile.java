package dev.kloset.jdbc.backup;

import dev.kloset.jdbc.backup.LineCutter.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The file of a part that was read. Its lines are compressed with gzip: the host stores such a file as one piece anyway, and its own
 * compression is quick, but less strong.
 */
final class PartFile {

    /** The host cuts what is longer, and stores only the pieces that have changed. Compressed bytes would all have. */
    private static final int MOST = 512 << 10;

    private final byte[] bytes;
    private final long rows;
    private final boolean isZipped;

    private PartFile(byte[] bytes, long rows, boolean isZipped) {
        this.bytes = bytes;
        this.rows = rows;
        this.isZipped = isZipped;
    }

    static PartFile of(Lines lines) {
        boolean isZipped = lines.bytes().length <= MOST;
        return new PartFile(isZipped ? zip(lines.bytes()) : lines.bytes(), lines.count(), isZipped);
    }

    /** {@return the compressed bytes, which are the same for the same bytes} */
    static byte[] zip(byte[] plain) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (Fast out = new Fast(zipped)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all bytes", e);
        }
        return zipped.toByteArray();
    }

    /** Compresses as quickly as gzip can: higher levels take several times as long, for a tenth of the bytes. */
    private static final class Fast extends GZIPOutputStream {

        Fast(ByteArrayOutputStream out) throws IOException {
            super(out, 1 << 13);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** {@return the bytes, which are not copied} */
    byte[] bytes() {
        return bytes;
    }

    long rows() {
        return rows;
    }

    boolean isZipped() {
        return isZipped;
    }
}
