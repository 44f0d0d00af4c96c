package dev.kloset.files;

import dev.kloset.ConnectorContext;
import dev.kloset.Excludes;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.Options;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Reads a directory tree, or a single file, of this machine.
 *
 * <p>The one setting is {@code dont_traverse_fs}: if true, directories on which another file system is mounted are listed,
 * but nothing inside them.
 */
public final class FilesImporter implements Importer {

    private final Options options;
    private final WalkRoot root;
    private final boolean oneFileSystem;
    private final Excludes excludes;

    /** Check the location and the settings. */
    public FilesImporter(ConnectorContext context) throws IOException {
        this(context, context.config().as(SourceSettings.class));
    }

    FilesImporter(ConnectorContext context, SourceSettings settings) throws IOException {
        this.options = context.options();
        this.oneFileSystem = settings.dontTraverseFs();
        this.root = WalkRoot.of(context);
        ping();
        this.excludes = Excludes.of(options.excludes());
    }

    @Override
    public String origin() {
        return options.hostname().isEmpty() ? "localhost" : options.hostname();
    }

    @Override
    public String type() {
        return "files";
    }

    @Override
    public String root() {
        return WalkRoot.pathname(root.location());
    }

    @Override
    public Set<LocationFlag> flags() {
        return Set.of(LocationFlag.LOCALFS);
    }

    @Override
    public void ping() throws IOException {
        Files.readAttributes(root.start(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        XattrReader xattrs = new XattrReader(!options.noXattr());
        new Walk(root, new WalkRecords(records, xattrs), excludes, oneFileSystem, options.maxConcurrency()).run();
    }
}
