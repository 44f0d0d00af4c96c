package dev.kloset.hadoop.backup;

import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.layout.MetadataFile;
import dev.kloset.hadoop.layout.PointFile;
import dev.kloset.hadoop.mount.RealPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.security.AccessControlException;

/** Emits the records of a tree. For any number of threads. */
final class TreeRecords {

    private final Source source;
    private final RecordSink sink;
    private final Attributes attributes;
    private final Semaphore large = FileContent.admission(Runtime.getRuntime().maxMemory());

    TreeRecords(Source source, RecordSink sink) {
        this.source = source;
        this.sink = sink;
        this.attributes = new Attributes(source);
    }

    /** Emit a directory. HDFS changes the time of one that it makes a snapshot of, so such a one has none. */
    void directory(SourceDirectory directory) throws IOException, InterruptedException {
        if (!source.excludes().excludes(directory.pathname(), true)) {
            SourceFile file = new SourceFile(source, directory.live(), directory.status());
            Instant time = source.moment().isSnapshotOf(directory.live())
                    ? Instant.EPOCH
                    : Instant.ofEpochMilli(directory.status().getModificationTime());
            sink.emit(FileRecord.of(directory.pathname(), file.directory(Layout.name(directory.pathname()), time)));
        }
    }

    /** Emit a directory above the tree, which does not belong to the backup. */
    void ancestor(String pathname) throws IOException, InterruptedException {
        String name = Layout.name(pathname);
        FileInfo info;
        try {
            RealPath live = Calls.get(() -> RealPath.of(source.view(), source.cluster().at(pathname)));
            FileStatus status = Calls.get(() -> live.fileSystem().getFileStatus(live.path()));
            info = new SourceFile(source, live, status).directory(name, Instant.EPOCH);
        } catch (AccessControlException e) {
            info = FileInfo.directory(name, Instant.EPOCH);
        }
        sink.emit(FileRecord.of(pathname, info));
    }

    /** Emit what was backed up, and how. */
    void point(PointFile point) throws IOException, InterruptedException {
        byte[] bytes = point.write().getBytes(StandardCharsets.UTF_8);
        sink.emit(FileRecord.file(Layout.POINT, bytes.length, point.time(), Content.of(bytes)));
    }

    /** Emit some files of a directory, and what only HDFS knows of them. With the first ones comes the directory itself. */
    void page(SourceDirectory directory, int number, List<FileStatus> files) throws IOException, InterruptedException {
        List<Metadata> lines = new ArrayList<>();
        if (number == 0) {
            lines.add(attributes.of(directory));
        }
        for (FileStatus file : files) {
            lines.add(file(directory, file.getPath().getName(), file));
        }
        lines.removeIf(Metadata::isEmpty);
        if (!lines.isEmpty()) {
            emit(Layout.child(directory.pathname(), Layout.metadata(number)), MetadataFile.write(lines));
        }
    }

    private void emit(String pathname, byte[] bytes) throws IOException, InterruptedException {
        FileInfo info = FileInfo.builder(Layout.name(pathname)).size(bytes.length).identity(bytes).build();
        sink.emit(FileRecord.file(pathname, info, Content.of(bytes)));
    }

    /** Emit a file that this part of the split has. {@return what only HDFS knows of it} */
    Metadata file(SourceDirectory directory, String name, FileStatus status) throws IOException, InterruptedException {
        String pathname = Layout.child(directory.pathname(), name);
        Metadata none = Metadata.none(name);
        if (Layout.isTemporary(name) || !source.settings().split().takes(pathname)
                || source.excludes().excludes(pathname, false)) {
            return none;
        }
        if (Layout.isReserved(name)) {
            sink.emit(new ErrorRecord(pathname, "cannot back up " + source.words(pathname)
                    + ": names that begin with ._kloset are those of files that a backup adds; give it another name"));
            return none;
        }
        try {
            return emit(new SourceFile(source, directory.live().child(name), status), directory, pathname);
        } catch (AccessControlException e) {
            failed(pathname, "read", e);
        } catch (FileNotFoundException e) {
            // It was deleted after it had been listed, and is no longer in the tree.
        }
        return none;
    }

    private Metadata emit(SourceFile file, SourceDirectory directory, String pathname)
            throws IOException, InterruptedException {
        String name = Layout.name(pathname);
        Map<String, byte[]> xattrs = attributes.xattrs(file.live());
        Metadata metadata = attributes.of(file, name, directory, xattrs);
        long size = file.size();
        FileContent content = new FileContent(source.moment().at(file.live()), source.words(pathname), size, large);
        sink.emit(FileRecord.file(pathname, file.info(name, size), content)
                .withXattrNames(List.copyOf(xattrs.keySet())));
        for (Map.Entry<String, byte[]> xattr : xattrs.entrySet()) {
            sink.emit(XattrRecord.of(pathname, xattr.getKey(), Content.of(xattr.getValue())));
        }
        return metadata;
    }

    /** Emit an error of one path. The backup goes on. */
    void failed(String pathname, String verb, IOException reason) throws IOException, InterruptedException {
        sink.emit(ErrorRecord.of(pathname, new IOException("cannot " + verb + " " + source.words(pathname), reason)));
    }
}
