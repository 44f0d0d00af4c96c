package dev.kloset.files;

import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import java.io.IOException;
import java.io.InputStream;

/**
 * Extended attributes of what was restored. Hosts may send those of paths outside of the restore, so only paths that were
 * restored and announced attributes count; 64 bits of each such path are remembered.
 */
final class RestoreXattrs {

    // Access lists and the like: they would have to agree with the modes, and be inherited by what is restored later.
    private static final String SYSTEM = "system.";
    // <linux/limits.h>, XATTR_SIZE_MAX
    private static final int MAX_BYTES = 64 * 1024;
    private static final int OWNER_WRITES = 0200;

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
        check(record);
        boolean isRoot = record.pathname().equals("/");
        try (RestoreDirectory directory = tree.find(isRoot ? "/" : RestorePath.parent(record.pathname()));
                RestoreNode node = isRoot ? directory.node() : directory.hold(RestorePath.name(record.pathname()))) {
            set(node, record.name(), value(record));
        } catch (IOException e) {
            throw new IOException("its attribute " + record.name() + " could not be set: " + RestoreReason.of(e), e);
        }
    }

    /** Refuse what is never set. */
    static void check(XattrRecord record) throws IOException {
        if (record.type() != XattrType.EXTENDED) {
            throw new IOException("only ordinary extended attributes can be set, not " + record.name());
        }
        if (record.name().startsWith(SYSTEM)) {
            throw new IOException("attributes that begin with " + SYSTEM + " are not set, so not " + record.name());
        }
    }

    private static void set(RestoreNode node, String name, byte[] value) throws IOException {
        try {
            node.setXattr(name, value);
        } catch (IOException e) {
            int mode = node.permissions();
            if (node.isSymbolicLink() || (mode & OWNER_WRITES) != 0) {
                throw e;
            }
            // Attributes of users are written by the rules for content: not even its owner may, in a read-only file.
            node.setMode(mode | OWNER_WRITES);
            try {
                node.setXattr(name, value);
            } finally {
                node.setMode(mode);
            }
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
