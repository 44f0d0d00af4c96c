package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;

/** What trees have, to be compared. */
record TreeView(DistributedFileSystem files) {

    /**
     * {@return what is below a directory, by the path from there}
     *
     * @param whole everything that is to come back; otherwise only names and bytes
     */
    SortedMap<String, String> of(Path directory, boolean whole) throws IOException {
        SortedMap<String, String> view = new TreeMap<>();
        view("", directory, view, whole);
        return view;
    }

    private void view(String prefix, Path directory, SortedMap<String, String> view, boolean whole)
            throws IOException {
        for (FileStatus status : files.listStatus(directory)) {
            String path = prefix + "/" + status.getPath().getName();
            view.put(path, (whole ? words(status) : "") + (status.isFile() ? content(status) : "directory"));
            if (status.isDirectory()) {
                view(path, status.getPath(), view, whole);
            }
        }
    }

    private String words(FileStatus status) throws IOException {
        HdfsFileStatus hdfs = (HdfsFileStatus) status;
        Map<String, String> xattrs = new TreeMap<>();
        files.getXAttrs(status.getPath())
                .forEach((name, value) -> xattrs.put(name, value == null ? "" : HexFormat.of().formatHex(value)));
        return status.getPermission() + " " + status.getOwner() + ":" + status.getGroup() + " "
                + status.getModificationTime() + " " + files.getAclStatus(status.getPath()).getEntries() + " " + xattrs
                + " " + (hdfs.getErasureCodingPolicy() == null ? "" : hdfs.getErasureCodingPolicy().getName()) + " "
                + hdfs.getStoragePolicy() + " " + status.getReplication() + " " + status.getBlockSize() + " ";
    }

    private String content(FileStatus status) throws IOException {
        byte[] bytes = new byte[(int) status.getLen()];
        try (FSDataInputStream in = files.open(status.getPath())) {
            in.readFully(bytes);
        }
        return new String(bytes, UTF_8);
    }
}
