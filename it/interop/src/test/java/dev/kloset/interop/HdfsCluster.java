package dev.kloset.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.servers.MiniHdfs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** A real HDFS with one DataNode, as its users and its superuser see it. */
final class HdfsCluster implements AutoCloseable {

    private final MiniHdfs servers;
    private final DistributedFileSystem files;
    private final java.nio.file.Path conf;

    private HdfsCluster(MiniHdfs servers, java.nio.file.Path conf) throws IOException {
        this.servers = servers;
        this.files = (DistributedFileSystem) servers.admin();
        this.conf = conf;
    }

    /** {@return a cluster whose configuration for clients is below {@code directory}} */
    static HdfsCluster start(java.nio.file.Path directory) throws Exception {
        HdfsCluster cluster = new HdfsCluster(MiniHdfs.start(1, Map.of("hadoop.prometheus.endpoint.enabled", "true")),
                Files.createDirectory(directory.resolve("conf")));
        cluster.configure();
        return cluster;
    }

    private void configure() throws IOException {
        StringBuilder text = new StringBuilder("<configuration>\n");
        text.append(property("fs.defaultFS=" + servers.location()));
        servers.settings().forEach(setting -> text.append(property(setting)));
        Files.writeString(conf.resolve("core-site.xml"), text.append("</configuration>\n"));
    }

    private static String property(String setting) {
        String[] parts = setting.split("=", 2);
        return "  <property><name>" + parts[0] + "</name><value>" + parts[1] + "</value></property>\n";
    }

    /** {@return the setting of the plugin that names the configuration} */
    String confDir() {
        return "conf_dir=" + conf;
    }

    /** {@return the client of the superuser} */
    DistributedFileSystem files() {
        return files;
    }

    void write(String path, String text) throws IOException {
        try (OutputStream out = files.create(new Path(path), true)) {
            out.write(text.getBytes(UTF_8));
        }
    }

    /** {@return how many files are below a directory} None may be empty. */
    int count(String path) throws IOException {
        int count = 0;
        RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(path), true);
        while (all.hasNext()) {
            FileStatus file = all.next();
            assertThat(file.getLen()).as(file.getPath().toString()).isPositive();
            count++;
        }
        return count;
    }

    /** {@return owner, mode, time, access control list and bytes of everything below a directory, by the path from there} */
    SortedMap<String, String> view(String path) throws IOException {
        SortedMap<String, String> view = new TreeMap<>();
        view("", new Path(path), view);
        return view;
    }

    private void view(String prefix, Path directory, SortedMap<String, String> view) throws IOException {
        for (FileStatus status : files.listStatus(directory)) {
            String path = prefix + "/" + status.getPath().getName();
            view.put(path, status.getPermission() + " " + status.getOwner() + ":" + status.getGroup() + " "
                    + status.getModificationTime() + " " + files.getAclStatus(status.getPath()).getEntries() + " "
                    + (status.isFile() ? content(status) : "directory"));
            if (status.isDirectory()) {
                view(path, status.getPath(), view);
            }
        }
    }

    private String content(FileStatus status) throws IOException {
        try (FSDataInputStream in = files.open(status.getPath())) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** {@return how often the NameNode has answered a call, such as {@code create_snapshot}, by its own count} */
    long calls(String name) throws IOException {
        URI counters = URI.create(servers.webLocation().replace("webhdfs", "http") + "/prom");
        try (var in = counters.toURL().openStream()) {
            Matcher count = Pattern.compile("^rpcdetailed_" + name + "_num_ops\\{.*} (\\d+)", Pattern.MULTILINE)
                    .matcher(new String(in.readAllBytes(), UTF_8));
            return count.find() ? Long.parseLong(count.group(1)) : 0;
        }
    }

    @Override
    public void close() throws IOException {
        try (files) {
            servers.close();
        }
    }
}
