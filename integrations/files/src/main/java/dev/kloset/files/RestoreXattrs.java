package dev.kloset.files;

import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/**
 * Extended attributes of what was restored. Hosts may send those of paths outside of the restore, so only paths that were
 * restored and announced attributes count; 64 bits of each such path are remembered. Only {@code user.} attributes can be set.
 */
final class RestoreXattrs {

    private static final String NAMESPACE = "user.";
    // <linux/limits.h>, XATTR_SIZE_MAX
    private static final int MAX_BYTES = 64 * 1024;

    private final RestoreTree tree;
    // guarded by this
    private final RestorePathSet announced = new RestorePathSet();

    RestoreXattrs(RestoreTree tree) {
        this.tree = tree;
    }

    /** Expect attributes of {@code record}, which is restored. For any thread. */
    synchronized void expect(FileRecord record) {
        if (!record.xattrNames().isEmpty()) {
            announced.add(record.pathname());
        }
    }

    /** Set an attribute, or do nothing for a path that is not ours. For the thread that reads the records. */
    void restore(XattrRecord record) throws IOException {
        if (!isExpected(record.pathname())) {
            return;
        }
        if (record.type() != XattrType.EXTENDED || !record.name().startsWith(NAMESPACE)) {
            throw new IOException("only attributes that begin with " + NAMESPACE + " can be set, not " + record.name());
        }
        boolean isRoot = record.pathname().equals("/");
        try (RestoreDirectory directory = tree.find(isRoot ? "/" : RestorePath.parent(record.pathname()))) {
            var file = directory.at(isRoot ? "." : RestorePath.name(record.pathname()));
            var view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.write(record.name().substring(NAMESPACE.length()), ByteBuffer.wrap(value(record)));
        } catch (IOException e) {
            throw new IOException("its attribute " + record.name() + " could not be set: " + RestoreReason.of(e), e);
        }
    }

    private synchronized boolean isExpected(String pathname) {
        return announced.contains(pathname);
    }

    private static byte[] value(XattrRecord record) throws IOException {
        try (InputStream content = record.content().open()) {
            byte[] value = content.readNBytes(MAX_BYTES + 1);
            if (value.length > MAX_BYTES) {
                throw new IOException("it is longer than " + MAX_BYTES + " bytes");
            }
            return value;
        }
    }
}
