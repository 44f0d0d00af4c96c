package dev.kloset.export;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A file for its owner only, gone with the process: where the system allows it, its name is deleted as soon as it is open;
 * elsewhere, when it is closed. Written by one thread, then read by any.
 */
final class SpillFile implements AutoCloseable {

    private static final String PREFIX = "kloset-spill-";
    private static final Set<OpenOption> OPTIONS = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
            StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);

    private final FileChannel channel;
    private long length;

    private SpillFile(FileChannel channel) {
        this.channel = channel;
    }

    /** {@return a new file in {@code directory}} The caller closes. */
    static SpillFile create(Path directory) throws IOException {
        FileAttribute<?>[] owner = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                : new FileAttribute<?>[0];
        return new SpillFile(FileChannel.open(directory.resolve(PREFIX + UUID.randomUUID()), OPTIONS, owner));
    }

    long length() {
        return length;
    }

    /**
     * Add bytes at the end. If this throws, the earlier bytes can still be read.
     *
     * @return true
     */
    boolean add(byte[] bytes, int count) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, 0, count);
        while (left.hasRemaining()) {
            channel.write(left, length + left.position());
        }
        length += count;
        return true;
    }

    /** {@return all the bytes} Valid until the file is closed. */
    InputStream open() {
        return new InputStream() {
            private long at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int wanted) throws IOException {
                Objects.checkFromIndexSize(offset, wanted, buffer.length);
                if (wanted == 0) {
                    return 0;
                }
                int most = (int) Math.min(wanted, length - at);
                int count = most == 0 ? -1 : channel.read(ByteBuffer.wrap(buffer, offset, most), at);
                at += Math.max(count, 0);
                return count;
            }
        };
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(SpillFile.class.getName()).log(Level.DEBUG, "cannot close a temporary file", e);
        }
    }
}
