package dev.kloset.files.restore.node;

import dev.kloset.FileInfo;
import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.FileIdentity;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A regular file on its way: it is filled, gets its metadata, is synced and then takes its name, replacing a file or symbolic
 * link with that name. Until then it has no name, so a killed process leaves nothing behind. Where the file system does not
 * allow that, it is a temporary file in the target directory. For one thread at a time.
 */
public final class RestoreFile implements AutoCloseable {

    /** The length of a buffer for {@link #fill}. */
    public static final int BUFFER_BYTES = 256 * 1024;

    // A run of this many zeros, at a multiple of this length, becomes a hole; smaller holes would cost more than they save.
    private static final int HOLE_BYTES = 64 * 1024;
    private static final byte[] ZEROS = new byte[HOLE_BYTES];

    private final RestoreDirectory directory;
    private final String name;
    private final String temporary;
    private final RestoreNode node;
    private final FileChannel channel;
    private final FileIdentity identity;
    private final RestoredFiles restored;
    private boolean hasTemporary;

    private RestoreFile(RestoreDirectory directory, String name, String temporary, RestoreNode node,
            FileChannel channel, Map<String, Object> made, RestoredFiles restored) throws IOException {
        this.restored = restored;
        this.directory = directory;
        this.name = name;
        this.temporary = temporary;
        this.node = node;
        this.channel = channel;
        this.identity = FileIdentity.of(made);
        this.hasTemporary = !Integer.valueOf(0).equals(made.get("nlink"));
    }

    /** {@return a file that will become {@code name} in {@code directory}, which is retained} The caller closes it. */
    public static RestoreFile create(RestoreDirectory directory, String name, String temporary, RestoredFiles restored)
            throws IOException {
        RestoreNode node = directory.create(temporary);
        try {
            Map<String, Object> made = node.attributes("unix:nlink,dev,ino");
            restored.add(made);
            if (directory.lendsLists()) {
                node.removeInheritedLists();
            }
            FileChannel channel = node.write();
            return new RestoreFile(directory.retain(), name, temporary, node, channel, made, restored);
        } catch (IOException | RuntimeException e) {
            try (node) {
                Files.deleteIfExists(directory.at(temporary));
                throw e;
            }
        }
    }

    /** {@return the directory that it will be in, open as long as this is} */
    public RestoreDirectory directory() {
        return directory;
    }

    /** Write all of {@code content}. Long runs of zeros are not written, so that they take no space. */
    public void fill(InputStream content, byte[] buffer) throws IOException {
        long size = 0;
        for (int count = read(content, buffer); count > 0; count = read(content, buffer)) {
            writeAroundHoles(buffer, count, size);
            size += count;
        }
        if (channel.size() < size) {
            // The file ends in a hole: one byte gives it its length.
            write(ZEROS, 0, 1, size - 1);
        }
    }

    private void writeAroundHoles(byte[] buffer, int count, long position) throws IOException {
        int start = 0;
        for (int block = 0; block < count; block += HOLE_BYTES) {
            if (isHole(buffer, block, count)) {
                write(buffer, start, block, position);
                start = block + HOLE_BYTES;
            }
        }
        write(buffer, start, count, position);
    }

    private static boolean isHole(byte[] buffer, int block, int count) {
        return block + HOLE_BYTES <= count && Arrays.equals(buffer, block, block + HOLE_BYTES, ZEROS, 0, HOLE_BYTES);
    }

    private static int read(InputStream content, byte[] buffer) throws IOException {
        try {
            return content.readNBytes(buffer, 0, BUFFER_BYTES);
        } catch (IOException e) {
            throw new IOException("its content could not be read: " + Sentence.of(e), e);
        }
    }

    private void write(byte[] buffer, int start, int end, long position) throws IOException {
        if (start >= end) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, start, end - start);
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
    }

    /** What is known about a file that has its name. */
    public record Restored(FileIdentity identity, List<String> problems) {}

    /** Give the file its metadata and its name. It is on the disk before it has its name. */
    public Restored publish(FileInfo info, RestoreMetadata metadata, Disk disk) throws IOException {
        List<String> problems = metadata.apply(node, info);
        disk.force(directory.at(name), channel);
        if (hasTemporary || !tookFreeName()) {
            takeName();
        }
        return new Restored(identity, problems);
    }

    private boolean tookFreeName() throws IOException {
        try {
            directory.link(node, name);
            return true;
        } catch (FileAlreadyExistsException e) {
            // Only a rename can replace the old file, and only a name can be renamed.
            directory.link(node, temporary);
            hasTemporary = true;
            return false;
        }
    }

    private void takeName() throws IOException {
        try (RestoreNode renamed = directory.hold(temporary)) {
            if (!renamed.identity().equals(identity)) {
                throw new IOException("another process has put something else in the place of its temporary");
            }
        }
        restored.replace(directory, temporary, name);
        hasTemporary = false;
    }

    /** Remove the temporary file, unless it has become the final one. */
    @Override
    public void close() throws IOException {
        try (directory; node; channel) {
            if (hasTemporary) {
                Files.deleteIfExists(directory.at(temporary));
            }
        }
    }
}
