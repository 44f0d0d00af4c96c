package dev.kloset.jdbc.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;

/** The rows in the file of a part, as text. */
public final class ZippedRows {

    private static final String ZIPPED = ".gz";

    private ZippedRows() {}

    /** {@return the text of a file, whether it is compressed or not} */
    public static String text(String pathname, byte[] file) {
        if (!pathname.endsWith(ZIPPED)) {
            return new String(file, UTF_8);
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(pathname, e);
        }
    }

    /** {@return the file with this text, as a backup would have it} */
    public static byte[] file(String pathname, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return pathname.endsWith(ZIPPED) ? PartFile.zip(bytes) : bytes;
    }
}
