package dev.kloset.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Messages of an export, also such as no decent host would send. */
final class ExportMessages {

    static final int DIRECTORY = 0x80000000;
    static final int SYMLINK = 0x08000000;
    static final int PIPE = 0x02000000;
    static final Instant TIME = Instant.parse("2020-02-29T12:34:56.789012345Z");
    private static final long OWNER = owner();

    private ExportMessages() {}

    /** Somebody who may be given a file by whoever runs this. */
    private static long owner() {
        try {
            Path probe = Files.createTempFile("kloset-check-", "");
            try {
                return ((Integer) Files.getAttribute(probe, "unix:uid")).longValue();
            } finally {
                Files.delete(probe);
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return 0; // a system without numbers for users
        }
    }

    static Message directory(String pathname, String name) {
        return record(pathname, name, 0, DIRECTORY | 0755, "", false);
    }

    /** A file whose content follows. */
    static Message file(String pathname, long size) {
        return record(pathname, lastPart(pathname), size, 0640, "", true);
    }

    static Message fileWithoutContent(String pathname) {
        return record(pathname, lastPart(pathname), 0, 0640, "", false);
    }

    static Message link(String pathname, String target) {
        return record(pathname, lastPart(pathname), 0, SYMLINK | 0777, target, false);
    }

    static Message pipe(String pathname) {
        return record(pathname, lastPart(pathname), 0, PIPE | 0600, "", false);
    }

    static Message error(String pathname) {
        return new Message().message(1, new Message().text(2, pathname).text(3, "could not be read"));
    }

    static Message attribute(String pathname, String name) {
        return new Message().message(1, new Message().number(1, 0).text(2, pathname).number(4, 1).text(5, name));
    }

    private static Message record(String pathname, String name, long size, int mode, String target,
            boolean hasReader) {
        Message info = new Message().text(1, name)
                .number(2, size)
                .number(3, mode & 0xFFFF_FFFFL)
                .message(4, new Message().number(1, TIME.getEpochSecond()).number(2, TIME.getNano()))
                .number(7, OWNER)
                .number(8, OWNER)
                .number(9, 1);
        return new Message().message(1, new Message().number(1, hasReader ? 1 : 0)
                .text(2, pathname)
                .text(7, target)
                .message(8, info));
    }

    static ByteBuffer chunk(byte[] bytes) {
        return new Message().bytes(2, bytes).encode();
    }

    /** {@return what ends a content: a chunk that is there and empty} */
    static ByteBuffer endMarker() {
        return chunk(new byte[0]);
    }

    private static String lastPart(String pathname) {
        return pathname.substring(pathname.lastIndexOf('/') + 1);
    }
}
