package dev.kloset.kafka.layout;

import java.io.IOException;
import java.io.InputStream;

/** Reads files of a snapshot that are held in memory. */
public final class SmallFile {

    private static final int MOST = 16 << 20;

    private SmallFile() {}

    /**
     * {@return all bytes of a file} The caller closes the stream.
     *
     * @throws IOException if there are more than 16 MiB
     */
    public static byte[] read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST + 1);
        if (bytes.length > MOST) {
            throw new IOException("the file has more than " + MOST + " bytes, which no file of its kind has");
        }
        return bytes;
    }
}
