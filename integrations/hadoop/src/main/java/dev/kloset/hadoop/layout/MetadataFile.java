package dev.kloset.hadoop.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A file with the metadata of a directory and of some files in it, one a line, by name. */
public final class MetadataFile {

    /** More than a page of files with large attributes takes. */
    private static final int LARGEST = 32 << 20;

    private MetadataFile() {}

    /** {@return the file} Equal metadata gives equal bytes. */
    public static byte[] write(Collection<Metadata> lines) {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .sorted(Comparator.comparing(Metadata::name))
                .forEach(line -> text.append(line.write()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@return what a file says}
     *
     * @throws IOException if it is larger than any that was written, or was changed
     */
    public static List<Metadata> read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException("a file of metadata has at most " + LARGEST + " bytes: the file was changed");
        }
        List<Metadata> lines = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            if (!line.isEmpty()) {
                lines.add(Metadata.read(line));
            }
        }
        return lines;
    }
}
