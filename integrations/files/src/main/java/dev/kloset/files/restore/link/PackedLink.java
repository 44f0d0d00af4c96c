package dev.kloset.files.restore.link;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.restore.node.RestoreFile;
import dev.kloset.files.restore.node.RestorePath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Encodes {@link LinkedFile}s in some 50 bytes each, with numbers in place of the names of directories. For one thread. */
final class PackedLink {

    private static final int STRING_BYTES = 100;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> directories = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long bytes;
    private byte[] in = {};
    private int at;

    /** {@return the approximate memory for the names of directories} */
    long bytes() {
        return bytes;
    }

    /** {@return {@code file}, which is restored, without its number of missing names} */
    byte[] write(LinkedFile file) {
        out.reset();
        FileInfo info = file.info();
        RestoreFile.Restored restored = file.restored().join();
        number(info.dev());
        number(info.ino());
        number(info.size());
        number(Integer.toUnsignedLong(info.mode().bits()));
        Instant time = info.modTime();
        long seconds = time.getEpochSecond();
        number(seconds << 1 ^ seconds >> Long.SIZE - 1);
        number(time.getNano());
        number(info.uid());
        number(info.gid());
        number(restored.identity().device());
        number(restored.identity().inode());
        number(directory(RestorePath.parent(file.pathname())));
        text(file.pathname().substring(file.pathname().lastIndexOf('/') + 1));
        text(file.target());
        number(restored.problems().size());
        restored.problems().forEach(this::text);
        return out.toByteArray();
    }

    private int directory(String pathname) {
        Integer known = numbers.get(pathname);
        if (known == null) {
            known = directories.size();
            numbers.put(pathname, known);
            directories.add(pathname);
            bytes += STRING_BYTES + pathname.length();
        }
        return known;
    }

    private void number(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        out.writeBytes(utf8);
    }

    /** {@return whether the file at {@code start} of {@code packed} has these numbers at the source} */
    boolean has(byte[] packed, int start, long device, long inode) {
        in = packed;
        at = start;
        return number() == device && number() == inode;
    }

    /** {@return the file at {@code start} of {@code packed}} */
    LinkedFile read(byte[] packed, int start, int missing) {
        in = packed;
        at = start;
        FileInfo.Builder info = FileInfo.builder("").dev(number()).ino(number()).size(number());
        info.mode(new FileMode((int) number()));
        long seconds = number();
        info.modTime(Instant.ofEpochSecond(seconds >>> 1 ^ -(seconds & 1), number())).uid(number()).gid(number());
        FileIdentity identity = new FileIdentity(number(), number());
        String directory = directories.get((int) number());
        String name = text();
        String target = text();
        List<String> problems = new ArrayList<>();
        for (long count = number(); count > 0; count--) {
            problems.add(text());
        }
        return new LinkedFile(directory.equals("/") ? directory + name : directory + "/" + name,
                info.name(name).build(), target,
                CompletableFuture.completedFuture(new RestoreFile.Restored(identity, problems)), missing);
    }

    private long number() {
        long value = 0;
        int shift = 0;
        while (in[at] < 0) {
            value |= (long) (in[at++] & 0x7F) << shift;
            shift += 7;
        }
        return value | (long) in[at++] << shift;
    }

    private String text() {
        int length = (int) number();
        at += length;
        return new String(in, at - length, length, StandardCharsets.UTF_8);
    }
}
