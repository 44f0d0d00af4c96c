package dev.kloset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file or of an extended attribute, opened only if somebody wants them. */
@FunctionalInterface
public interface Content {

    /**
     * Open the bytes. On import the host calls this on any thread, for several contents at once but for one content at
     * most once at a time, and often never: it skips files that look unchanged. On export it works once, and only until
     * its record has a result or the next record is asked for; after that every read throws.
     *
     * @return the bytes; whoever opens also closes
     */
    InputStream open() throws IOException;

    /** {@return the content of a file, opened when needed} */
    static Content of(Path file) {
        return () -> Files.newInputStream(file);
    }

    /** {@return these bytes, which are not copied} */
    static Content of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    /** {@return this text in UTF-8} */
    static Content of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
