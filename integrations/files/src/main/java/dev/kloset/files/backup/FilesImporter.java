package dev.kloset.files.backup;

import dev.kloset.ConnectorContext;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.Options;
import dev.kloset.RecordSink;
import dev.kloset.exclude.Excludes;
import dev.kloset.files.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a directory tree, or a single file, of this machine.
 *
 * <p>Settings: {@code dont_traverse_fs} lists mount points of other file systems, and subvolumes, but nothing inside them;
 * {@code include_repositories} backs up Kloset repositories in the source, which are left out otherwise.
 */
public final class FilesImporter implements Importer {

    private final Options options;
    private final WalkRoot root;
    private final SourceSettings settings;
    private final Excludes excludes;
    private @Nullable SourceTree tree; // guarded by this; while contents may be read

    /** Check the location and the settings. */
    public FilesImporter(ConnectorContext context) throws IOException {
        this(context, context.config().as(SourceSettings.class));
    }

    public FilesImporter(ConnectorContext context, SourceSettings settings) throws IOException {
        this.options = context.options();
        this.settings = settings;
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
        System.Logger log = System.getLogger(FilesImporter.class.getName());
        WalkRules rules = new WalkRules(excludes, settings.dontTraverseFs(), settings.includeRepositories(), log);
        new Walk(root, open(), rules, records, !options.noXattr(), options.maxConcurrency(), log).run();
    }

    /** {@return the source} It stays open for reading contents until this importer is closed. */
    private synchronized SourceTree open() throws IOException {
        close();
        SourceTree opened = SourceTree.open(root.start());
        tree = opened;
        return opened;
    }

    @Override
    public synchronized void close() {
        SourceTree opened = tree;
        if (opened != null) {
            opened.close();
            tree = null;
        }
    }
}
