package dev.kloset.testkit.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Messages of an export, including some that no well-behaved host would send. */
public final class ExportMessages {

    static final int DIRECTORY = 0x80000000;
    static final int SYMLINK = 0x08000000;
    static final int PIPE = 0x02000000;
    public static final Instant TIME = Instant.parse("2020-02-29T12:34:56.789012345Z");
    private static final long OWNER = owner();

    private ExportMessages() {}

    /** {@return an owner to whom the current user may give a file} */
    private static long owner() {
        try {
            Path probe = Files.createTempFile("kloset-check-", "");
            try {
                return ((Integer) Files.getAttribute(probe, "unix:uid")).longValue();
            } finally {
                Files.delete(probe);
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return 0; // the system does not number its users
        }
    }

    public static RawMessageBuilder directory(String pathname, String name) {
        return record(pathname, name, 0, DIRECTORY | 0755, "", false);
    }

    /** A file whose content follows. */
    public static RawMessageBuilder file(String pathname, long size) {
        return record(pathname, lastPart(pathname), size, 0640, "", true);
    }

    public static RawMessageBuilder fileWithoutContent(String pathname) {
        return record(pathname, lastPart(pathname), 0, 0640, "", false);
    }

    public static RawMessageBuilder link(String pathname, String target) {
        return record(pathname, lastPart(pathname), 0, SYMLINK | 0777, target, false);
    }

    public static RawMessageBuilder pipe(String pathname) {
        return record(pathname, lastPart(pathname), 0, PIPE | 0600, "", false);
    }

    public static RawMessageBuilder error(String pathname) {
        return new RawMessageBuilder().message(1,
                new RawMessageBuilder().text(2, pathname).text(3, "could not be read"));
    }

    public static RawMessageBuilder attribute(String pathname, String name) {
        return new RawMessageBuilder().message(1,
                new RawMessageBuilder().number(1, 0).text(2, pathname).number(4, 1).text(5, name));
    }

    private static RawMessageBuilder record(String pathname, String name, long size, int mode, String target,
            boolean hasReader) {
        RawMessageBuilder info = new RawMessageBuilder().text(1, name)
                .number(2, size)
                .number(3, mode & 0xFFFF_FFFFL)
                .message(4, new RawMessageBuilder().number(1, TIME.getEpochSecond()).number(2, TIME.getNano()))
                .number(7, OWNER)
                .number(8, OWNER)
                .number(9, 1);
        return new RawMessageBuilder().message(1, new RawMessageBuilder().number(1, hasReader ? 1 : 0)
                .text(2, pathname)
                .text(7, target)
                .message(8, info));
    }

    static ByteBuffer chunk(byte[] bytes) {
        return new RawMessageBuilder().bytes(2, bytes).encode();
    }

    /** {@return the message that ends a content: a chunk that is present and empty} */
    static ByteBuffer endMarker() {
        return chunk(new byte[0]);
    }

    private static String lastPart(String pathname) {
        return pathname.substring(pathname.lastIndexOf('/') + 1);
    }
}
