package dev.kloset.hadoop.restore;

import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.layout.MetadataFile;
import dev.kloset.resilience.Spill;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The lines that one file of metadata had, kept as bytes. For one thread at a time. */
final class MetadataPage {

    private final String first;
    private final String last;
    private final Spill.Kept bytes;
    private final int size;
    private int left;

    /** Keep some lines. */
    MetadataPage(Collection<Metadata> lines, Spill spill) throws IOException {
        Collection<String> names = lines.stream().map(Metadata::name).toList();
        byte[] written = MetadataFile.write(lines);
        this.first = Collections.min(names);
        this.last = Collections.max(names);
        this.bytes = spill.keep(written);
        this.size = written.length;
        this.left = lines.size();
    }

    String first() {
        return first;
    }

    /** {@return whether all its names come before those of the other} */
    boolean isBefore(MetadataPage other) {
        return last.compareTo(other.first) < 0;
    }

    /** {@return whether it may have a line for this name} */
    boolean reaches(String name) {
        return first.compareTo(name) <= 0 && last.compareTo(name) >= 0;
    }

    /** {@return how many bytes it takes} */
    int size() {
        return size;
    }

    /** {@return the lines, by name} */
    Map<String, Metadata> read() throws IOException {
        Map<String, Metadata> lines = new HashMap<>();
        MetadataFile.read(new ByteArrayInputStream(bytes.read())).forEach(line -> lines.put(line.name(), line));
        return lines;
    }

    /** A line was taken. {@return whether it was the last one} */
    boolean isLast() {
        return --left == 0;
    }
}
