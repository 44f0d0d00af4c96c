package dev.kloset.hadoop.restore;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordHandler;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.layout.MetadataFile;
import dev.kloset.hadoop.mount.RealPath;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One restore. Directories and files of metadata come before all files behind them; a file that came before the metadata of its
 * directory is made again, if it would have been made otherwise. For any number of threads.
 */
final class Restore implements RecordHandler, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Restore.class.getName());

    private static final String ONE_BY_ONE = "metadata";

    private final TargetPaths paths;
    private final DirectoryRestore directories;
    private final FileRestore files;
    private final KnownMetadata known = new KnownMetadata();

    Restore(Cluster cluster, TargetSettings settings, Owners owners) throws IOException, InterruptedException {
        Attributes attributes = new Attributes(owners);
        this.paths = new TargetPaths(cluster, settings.colon());
        this.directories = new DirectoryRestore(cluster, cluster.fileSystem(), paths, settings, attributes);
        this.files = new FileRestore(settings, attributes);
    }

    /** {@return 0 for what must be there before files are made, 1 for files} */
    static int phase(ConnectorRecord record) {
        return record instanceof FileRecord file
                && (file.info().mode().isDirectory() || Layout.isMetadata(Layout.name(file.pathname()))) ? 0 : 1;
    }

    /**
     * {@return what orders files of metadata, and files that come before that of their directory} A policy is compared with the one
     * that comes from above, so that must be there.
     */
    static @Nullable String key(ConnectorRecord record) {
        String name = Layout.name(record.pathname());
        return record instanceof FileRecord file && file.info().mode().isRegular()
                && (Layout.isEarly(name) || Layout.isMetadata(name)) ? ONE_BY_ONE : null;
    }

    @Override
    public void handle(ConnectorRecord record) throws IOException, InterruptedException {
        if (!(record instanceof FileRecord file)) {
            return; // of an error there is nothing to restore, and attributes are in the files of metadata
        }
        try {
            restore(file);
        } catch (IOException e) {
            throw Calls.checked(e);
        }
    }

    private void restore(FileRecord file) throws IOException, InterruptedException {
        String pathname = file.pathname();
        if (file.info().mode().isDirectory()) {
            directories.make(pathname, file.info());
        } else if (!file.info().mode().isRegular()) {
            throw new IOException("cannot restore it: HDFS has only files and directories");
        } else if (Layout.isMetadata(Layout.name(pathname))) {
            metadata(Layout.parent(pathname), content(file));
        } else if (!Layout.isReserved(Layout.name(pathname))) {
            file(pathname, file.info(), content(file));
        }
    }

    private static Content content(FileRecord file) throws IOException {
        if (file.content().isEmpty() && file.info().size() > 0) {
            throw new IOException("cannot restore it: its content was not sent");
        }
        return file.content().orElse(InputStream::nullInputStream);
    }

    private void file(String pathname, FileInfo info, Content content) throws IOException, InterruptedException {
        RealPath target = directories.target(pathname);
        Metadata metadata = known.take(pathname);
        boolean lends = directories.lends(Layout.parent(pathname));
        try {
            if (files.restore(target, info, metadata, content, lends) && Layout.isEarly(Layout.name(pathname))) {
                known.early(pathname, info);
            }
        } catch (IOException e) {
            throw new IOException("cannot restore " + paths.words(target.path()), e);
        }
    }

    private void metadata(String directory, Content content) throws IOException, InterruptedException {
        Map<String, Metadata> lines = new HashMap<>();
        try (InputStream in = content.open()) {
            MetadataFile.read(in).forEach(line -> lines.put(line.name(), line));
        }
        Metadata self = lines.remove(Metadata.SELF);
        boolean changed = self != null && directories.metadata(directories.target(directory), directory, self);
        for (Map.Entry<String, FileInfo> file : known.early(directory).entrySet()) {
            Metadata line = lines.remove(file.getKey());
            if (changed || line != null) {
                again(Layout.child(directory, file.getKey()), file.getValue(),
                        line == null ? Metadata.none(file.getKey()) : line);
            }
        }
        known.put(directory, lines.values());
    }

    /** Make a file again from its own bytes, now that it is known what it had. */
    private void again(String pathname, FileInfo info, Metadata metadata) throws IOException, InterruptedException {
        RealPath target = directories.target(pathname);
        try {
            files.replace(target, info, metadata, () -> target.fileSystem().open(target.path()),
                    directories.lends(Layout.parent(pathname)));
        } catch (IOException e) {
            throw new IOException("cannot restore " + paths.words(target.path()), e);
        }
    }

    /**
     * Give all directories what they had.
     *
     * @throws IOException if some did not get it
     */
    void finish() throws IOException, InterruptedException {
        if (files.left() > 0) {
            LOG.log(Level.INFO, files.left() + (files.left() == 1 ? " file" : " files")
                    + " existed and stayed, as the setting overwrite says");
        }
        directories.finish();
    }

    /** Forget what is known of files that did not come. */
    @Override
    public void close() throws IOException {
        known.close();
    }
}
