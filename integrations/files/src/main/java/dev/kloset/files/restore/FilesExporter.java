package dev.kloset.files.restore;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Exporter;
import dev.kloset.LocationFlag;
import dev.kloset.Options;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.files.posix.OpenFileLimit;
import dev.kloset.files.posix.OwnerNumbers;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.posix.RootPath;
import dev.kloset.files.posix.WriteProbe;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestoreOwners;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import dev.kloset.files.store.FilesStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Restores to a local directory: files by way of a temporary file that is synced and renamed, with modes, times, hard links and
 * extended attributes, and with owners where the process may set them. Anything that cannot be restored is an error of its
 * record, with the reason. Settings: {@code dry_run} only reports what would be done (a summary in the log, each record with
 * {@code KLOSET_LOG=debug}), {@code skip_owner} leaves owners alone, {@code numeric_owners} uses the numbers of the source
 * instead of the names, {@code require_owners} makes it an error if a file cannot be given to its owner, {@code restore_root}
 * gives an existing root the mode, owner and attributes of the source's, {@code replace_directories} removes directories that
 * are not empty where the snapshot has something else.
 */
public final class FilesExporter implements Exporter {

    static final String TEMPORARY_PREFIX = ".kloset-tmp-";

    // Disks merge concurrent syncs: 32 at once are several times as fast as one. Each is an open file.
    private static final int WORKERS_PER_CONCURRENCY = 16;
    private static final int MIN_WORKERS = 32;
    private static final int MAX_WORKERS = 128;

    private final Options options;
    private final Path root;
    private final TargetSettings settings;

    public FilesExporter(ConnectorContext context) throws ConfigException {
        this(context, context.config().as(TargetSettings.class));
    }

    public FilesExporter(ConnectorContext context, TargetSettings settings) throws ConfigException {
        this.options = context.options();
        this.root = RootPath.of(context.config(), options.cwd());
        this.settings = settings;
    }

    @Override
    public String origin() {
        return options.hostname();
    }

    @Override
    public String type() {
        return FilesStore.TYPE;
    }

    @Override
    public String root() {
        return root.toString();
    }

    @Override
    public Set<LocationFlag> flags() {
        return Set.of(LocationFlag.LOCALFS, LocationFlag.EXPORTXATTR);
    }

    /** The directory need not exist, because a restore makes it. */
    @Override
    public void ping() throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new IOException(root + " is not a directory");
        }
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        return List.of(DiagnosisStep.of("destination", this::ping),
                DiagnosisStep.of(DiagnosisStep.WRITING, () -> WriteProbe.below(root)));
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        if (settings.dryRun()) {
            new RestoreRehearsal(root, metadata(), settings.replaceDirectories(), results,
                    System.getLogger(RestoreRehearsal.class.getName())).rehearse(records);
            return;
        }
        RestoreTree tree = RestoreTree.open(root, RestoreNative.instance());
        try (RestoreRun run = new RestoreRun(tree, metadata(), new RestoredFiles(settings.replaceDirectories()),
                results,
                workers())) {
            run.restore(records);
        }
    }

    private RestoreMetadata metadata() {
        return new RestoreMetadata(settings.skipOwner(), settings.restoreRoot(),
                new RestoreOwners(new OwnerNumbers(!settings.numericOwners()), settings.requireOwners()));
    }

    private int workers() {
        int wanted = Math.clamp((long) options.maxConcurrency() * WORKERS_PER_CONCURRENCY, MIN_WORKERS, MAX_WORKERS);
        // Each has a file open, twice, and its directory.
        return Math.max(1, Math.min(wanted, OpenFileLimit.share() / 2));
    }
}
