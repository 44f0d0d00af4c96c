package dev.kloset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file or of an extended attribute, opened only when they are needed. */
@FunctionalInterface
public interface Content {

    /**
     * Open the bytes. On import the host calls this on any thread, for several contents at once but for one content at most once
     * at a time, and often never: it skips files that look unchanged. On export it works once, and only until its record has a
     * result or the exporter asks for the next record; after that every read throws.
     *
     * @return the bytes; the caller closes the stream
     */
    InputStream open() throws IOException;

    /**
     * {@return whether the SDK may open and read this content before the host asks for it, and in vain if the host never does} It
     * then reads small files while a host opens one after the other, on a thread of its own, one content at a time. If that fails,
     * or the content has another length than its record says, {@link #open} is called again when the host asks. A read that is in
     * progress when the host closes the importer is interrupted, and its stream closed. Allow it if reading costs little and changes
     * nothing, as with local files; not if each read is paid for, counted, or a message taken from a queue.
     */
    default boolean mayBeReadAhead() {
        return false;
    }

    /** {@return this content, which {@linkplain #mayBeReadAhead may be read ahead}} */
    default Content withReadAhead() {
        Content content = this;
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return content.open();
            }

            @Override
            public boolean mayBeReadAhead() {
                return true;
            }
        };
    }

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
