package dev.kloset.files.restore;

import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import dev.kloset.files.posix.WholeReason;
import dev.kloset.files.restore.node.RestoreAcl;
import dev.kloset.files.restore.node.RestoreDirectory;
import dev.kloset.files.restore.node.RestoreNode;
import dev.kloset.files.restore.node.RestorePath;
import dev.kloset.files.restore.node.RestorePathSet;
import dev.kloset.files.restore.node.RestoreReason;
import dev.kloset.files.restore.node.RestoreTree;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes of restored files. Plakar up to v1.1 sends none. The next version sends those of the whole snapshot,
 * under their paths in the snapshot even if it restores only a part. So an attribute counts only for a restored file that has
 * announced the attribute by name; 64 bits of each such name are kept.
 */
final class RestoreXattrs {

    // The other attributes are known to the file system itself.
    private static final String SYSTEM = "system.";
    // <linux/limits.h>, XATTR_SIZE_MAX
    private static final int MAX_BYTES = 64 * 1024;
    private static final int OWNER_WRITES = 0200;

    /** Takes access lists for directories that are still being filled. */
    @FunctionalInterface
    interface Later {
        /** {@return whether the list is kept, to be set at the end} */
        boolean keep(String pathname, String attribute, byte[] list);
    }

    private final RestoreTree tree;
    private final Later later;
    // guarded by this
    private final RestorePathSet announced = new RestorePathSet();
    private final RestorePathSet answered = new RestorePathSet();
    private final Set<String> failed = new HashSet<>(); // few, in a normal restore
    private long expecting;
    private long answers;
    private long withoutList;

    // Belongs to the thread that reads the records.
    private String rootName = "/";
    private @Nullable String prefix;
    private boolean ambiguous;

    RestoreXattrs(RestoreTree tree, Later later) {
        this.tree = tree;
        this.later = later;
    }

    /** Expect the attributes of {@code record}, which is about to be restored. */
    void expect(FileRecord record) {
        if (record.xattrNames().isEmpty()) {
            return;
        }
        synchronized (this) {
            expecting++;
            withoutList += RestoreAcl.decides(record) ? 1 : 0;
            for (String name : record.xattrNames()) {
                announced.add(key(record.pathname(), name));
            }
        }
    }

    private static String key(String pathname, String name) {
        return pathname + '\0' + name;
    }

    /** Note the name that the root of the restore had in the snapshot. */
    void begin(FileRecord root) {
        rootName = root.info().name();
    }

    /**
     * {@return the path of the restored file to which an attribute belongs; null if there is none}
     *
     * <p>The host may have cut the beginning of the paths of files but not of the paths of attributes. The cut part ends with
     * the name that the root had, and the first attribute that fits only one file reveals it.
     */
    @Nullable
    String place(XattrRecord record) {
        String path = record.pathname();
        String known = prefix;
        List<String> prefixes = known == null ? prefixes(path) : List.of(known);
        prefixes = prefixes.stream().filter(one -> isAnnounced(without(one, path), record.name())).toList();
        ambiguous |= prefixes.size() > 1;
        if (prefixes.size() != 1) {
            return null;
        }
        prefix = prefixes.getFirst();
        return without(prefixes.getFirst(), path);
    }

    private List<String> prefixes(String path) {
        List<String> prefixes = new ArrayList<>(List.of(""));
        for (int end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1)) {
            prefixes.add(path.substring(0, end));
        }
        prefixes.add(path);
        prefixes.removeIf(one -> !one.isEmpty() && !one.endsWith("/" + rootName));
        return prefixes;
    }

    private static @Nullable String without(String prefix, String pathname) {
        if (!pathname.startsWith(prefix)) {
            return null;
        }
        String rest = pathname.substring(prefix.length());
        return rest.isEmpty() ? "/" : rest.startsWith("/") ? rest : null;
    }

    private synchronized boolean isAnnounced(@Nullable String pathname, String name) {
        return pathname != null && announced.contains(key(pathname, name));
    }

    /** Note that {@code record} could not be restored, so the file with its name is another one. Any thread. */
    synchronized void forget(FileRecord record) {
        if (!record.xattrNames().isEmpty() && failed.add(record.pathname())) {
            expecting--;
            withoutList -= RestoreAcl.decides(record) ? 1 : 0;
        }
    }

    /** {@return whether the file at {@code pathname} was restored} Ask only after all workers have finished the file. */
    synchronized boolean isRestored(String pathname) {
        return !failed.contains(pathname);
    }

    /** Set an attribute of the file at {@code pathname}. For the thread that reads the records. */
    void restore(XattrRecord record, String pathname) throws IOException {
        check(record);
        boolean isRoot = pathname.equals("/");
        try (RestoreDirectory directory = tree.find(isRoot ? "/" : RestorePath.parent(pathname));
                RestoreNode node = isRoot ? directory.node() : directory.hold(RestorePath.name(pathname))) {
            byte[] value = value(record);
            if (!RestoreAcl.is(record.name()) || !later.keep(pathname, record.name(), value)) {
                set(node, record.name(), value);
            }
        } catch (IOException e) {
            throw WholeReason.of("its attribute " + record.name() + " could not be set: " + RestoreReason.of(e), e);
        }
        note(pathname, record.name());
    }

    private synchronized void note(String pathname, String name) {
        if (!answered.contains(pathname)) {
            answered.add(pathname);
            answers++;
        }
        withoutList -= name.equals(RestoreAcl.ACCESS) ? 1 : 0;
    }

    /** Refuse an attribute that is never set. */
    static void check(XattrRecord record) throws IOException {
        if (record.type() != XattrType.EXTENDED) {
            throw new IOException("only ordinary extended attributes can be set, not " + record.name());
        }
        if (record.name().startsWith(SYSTEM) && !RestoreAcl.is(record.name())) {
            throw new IOException("attributes that begin with " + SYSTEM + " are not set, so not " + record.name());
        }
    }

    static void set(RestoreNode node, String name, byte[] value) throws IOException {
        try {
            node.setXattr(name, value);
        } catch (IOException e) {
            int mode = node.permissions();
            if (node.isSymbolicLink() || (mode & OWNER_WRITES) != 0) {
                throw e;
            }
            // User attributes follow the rules for content: even the owner may not set them on a read-only file.
            node.setMode(mode | OWNER_WRITES);
            try {
                node.setXattr(name, value);
            } finally {
                node.setMode(mode);
            }
        }
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

    /** Report at the end which attributes are missing, and why. */
    synchronized void sumUp() {
        if (expecting > answers) {
            log("{0} files had extended attributes (capabilities are among them) that are not restored: "
                    + (ambiguous
                            ? "the paths that Plakar sends for them fit several files"
                            : "Plakar did not send them, as its versions up to v1.1 never do"),
                    expecting - answers);
        }
        if (withoutList > 0) {
            log("{0} files had access lists that Plakar did not send: their groups have no rights now, because rights that"
                    + " a list grants to others must not go to the group", withoutList);
        }
    }

    private static void log(String message, long count) {
        System.getLogger(RestoreXattrs.class.getName()).log(Level.WARNING, message, Long.toString(count));
    }
}
