package dev.kloset.jdbc.dialect.portable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The text of a value, taken out of a line: in memory, or, if it is large, in a file without a name. For one thread. */
final class Field extends OutputStream {

    private static final int MEMORY = 1 << 20;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;

    @Override
    public void write(int b) throws IOException {
        memory.write(b);
        if (memory.size() >= MEMORY) {
            spill();
        }
    }

    private void spill() throws IOException {
        FileChannel target = file;
        if (target == null) {
            Path path = Files.createTempFile("kloset-jdbc", ".value");
            target = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            file = target;
        }
        Channels.newOutputStream(target).write(memory.toByteArray());
        memory.reset();
    }

    /** {@return whether the value is too large for memory} */
    boolean isLarge() {
        return file != null;
    }

    /** {@return how many bytes of it are in memory} */
    int size() {
        return memory.size();
    }

    /** {@return the text of a value that is not large} */
    String text() {
        return memory.toString(StandardCharsets.UTF_8);
    }

    /** {@return the bytes of the text} */
    InputStream stream() throws IOException {
        FileChannel source = file;
        if (source == null) {
            return new ByteArrayInputStream(memory.toByteArray());
        }
        spill();
        source.position(0);
        return Channels.newInputStream(source);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
