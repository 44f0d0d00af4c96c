package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.hadoop.servers.MiniHdfs;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** A directory of a test, as the superuser sees it. */
final class Hdfs implements AutoCloseable {

    private static final AtomicLong NEXT = new AtomicLong();

    final MiniHdfs cluster;
    final DistributedFileSystem files;
    final String top;

    private Hdfs(MiniHdfs cluster, DistributedFileSystem files, String top) {
        this.cluster = cluster;
        this.files = files;
        this.top = top;
    }

    /** {@return a new directory} */
    static Hdfs of(MiniHdfs cluster) throws IOException {
        DistributedFileSystem files = (DistributedFileSystem) cluster.admin();
        String top = "/t" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet();
        files.mkdirs(path(top), new FsPermission((short) 0755));
        return new Hdfs(cluster, files, top);
    }

    /** {@return a path with any letter} */
    static Path path(String path) {
        return new Path(null, null, path);
    }

    Path at(String relative) {
        return path(relative.isEmpty() ? top : top + "/" + relative);
    }

    /** {@return settings of the plugin for a directory here, and pairs of others} */
    Map<String, String> settings(String relative, String... others) {
        return settingsOf(cluster.location(), relative, others);
    }

    Map<String, String> settingsOf(String cluster, String relative, String... others) {
        Map<String, String> settings = new TreeMap<>(Map.of("location", cluster + at(relative).toUri().getPath(),
                "settings", String.join(",", this.cluster.settings())));
        for (int i = 0; i < others.length; i += 2) {
            settings.put(others[i], others[i + 1]);
        }
        return settings;
    }

    void write(String relative, String text) throws IOException {
        try (OutputStream out = files.create(at(relative), true)) {
            out.write(text.getBytes(UTF_8));
        }
    }

    void append(String relative, String text) throws IOException {
        try (OutputStream out = files.append(at(relative))) {
            out.write(text.getBytes(UTF_8));
        }
    }

    FSDataOutputStream open(String relative) throws IOException {
        return files.append(at(relative));
    }

    void mkdirs(String relative) throws IOException {
        files.mkdirs(at(relative));
    }

    void acl(String relative, String spec) throws IOException {
        files.setAcl(at(relative), AclEntry.parseAclSpec(spec, true));
    }

    void xattr(String relative, String name, String value) throws IOException {
        files.setXAttr(at(relative), name, value.getBytes(UTF_8));
    }

    /** {@return everything that is to come back, by the path below a directory} */
    SortedMap<String, String> view(String relative) throws IOException {
        return view(at(relative), true);
    }

    /**
     * {@return what is below a directory}
     *
     * @param whole all of it; otherwise only names and bytes
     */
    SortedMap<String, String> view(Path directory, boolean whole) throws IOException {
        return new TreeView(files).of(directory, whole);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
