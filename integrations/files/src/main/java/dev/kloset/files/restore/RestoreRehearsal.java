package dev.kloset.files.restore;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
import dev.kloset.files.posix.QuotedName;
import dev.kloset.files.posix.WalkName;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestorePath;
import dev.kloset.files.restore.node.RestoreReason;
import dev.kloset.files.restore.node.RestoredFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reports what a restore would do, and writes nothing: a summary, and each record at the level without a limit. Failures that
 * do not depend on the content are reported as they would occur, above all links on the way; missing rights or space are not
 * detected. It remembers the paths of symbolic links, and of directories that would take the place of something else. For one
 * thread.
 */
final class RestoreRehearsal {

    private final System.Logger log;
    private final Path root;
    private final RestoreMetadata metadata;
    private final boolean replacesDirectories;
    private final RestoreResults results;
    private final Set<String> symlinks = new HashSet<>();
    private final Set<String> replaced = new HashSet<>();
    private long directories;
    private long files;
    private long bytes;

    RestoreRehearsal(Path root, RestoreMetadata metadata, boolean replacesDirectories, ResultSink results,
            System.Logger log) {
        this.replacesDirectories = replacesDirectories;
        this.log = log;
        this.root = root;
        this.metadata = metadata;
        this.results = new RestoreResults(results);
    }

    void rehearse(RecordSource records) throws IOException, InterruptedException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new IOException("cannot restore to " + root + ": it is not a directory");
        }
        for (ConnectorRecord record = records.next(); record != null; record = records.next()) {
            try {
                results.restored(record, rehearse(record));
            } catch (IOException | RuntimeException e) {
                results.failed(record, e);
            }
            results.check();
        }
        log.log(Level.WARNING, "dry run, nothing was written: would restore " + directories + " directories, " + files
                + " files (" + bytes + " bytes) and " + symlinks.size() + " symbolic links to " + root
                + "; KLOSET_LOG=debug lists them");
    }

    /** {@return what could not be restored for the record} */
    private List<String> rehearse(ConnectorRecord record) throws IOException {
        switch (record) {
            case FileRecord file -> {
                rehearse(file);
                return metadata.impossible(file.info());
            }
            case XattrRecord xattr -> RestoreXattrs.check(xattr);
            case ErrorRecord _ -> {
            }
        }
        return List.of();
    }

    private void rehearse(FileRecord record) throws IOException {
        FileMode mode = record.info().mode();
        Path file = locate(record.pathname());
        if (mode.isSymlink()) {
            RestoreRun.requireTarget(record);
            requireFree(record.pathname(), file);
            symlinks.add(record.pathname());
            say("would make the symbolic link " + file + " to " + record.target());
        } else if (mode.isDirectory()) {
            directories++;
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isDirectory(record.pathname(), file)) {
                replaced.add(record.pathname());
                say("would make the directory " + file + " in place of what exists");
            } else {
                say("would make the directory " + file);
            }
        } else if (mode.isNamedPipe()) {
            requireFree(record.pathname(), file);
            files++;
            say("would make the pipe " + file);
        } else if (mode.isRegular()) {
            RestoreRun.requireContent(record);
            requireFree(record.pathname(), file);
            files++;
            bytes += record.info().size();
            say("would restore the file " + file + " (" + record.info().size() + " bytes)");
        } else {
            throw new IOException(RestoreReason.cannotMake(mode));
        }
    }

    /** Files and links replace anything except directories that are not empty, and those only on request. */
    private void requireFree(String pathname, Path file) throws IOException {
        RestorePath.name(pathname);
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(file)) {
            if (!entries.iterator().hasNext()) {
                return;
            }
        }
        if (!replacesDirectories) {
            throw new IOException(RestoredFiles.FULL_DIRECTORY_IN_PLACE);
        }
        say("would remove the directory " + file + " with everything in it");
    }

    private boolean isDirectory(String pathname, Path file) {
        // The user chose the root, which may be a link to a directory.
        return pathname.equals("/") ? Files.isDirectory(file) : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** {@return the place of the record, if there are only directories on the way} */
    private Path locate(String pathname) throws IOException {
        List<String> names = RestorePath.names(pathname);
        Path file = root;
        StringBuilder way = new StringBuilder();
        boolean free = false; // there is nothing yet below a new directory
        for (int i = 0; i < names.size(); i++) {
            file = file.resolve(WalkName.path(QuotedName.bytes(names.get(i))));
            way.append('/').append(names.get(i));
            free |= replaced.contains(way.toString());
            if (i < names.size() - 1 && !free) {
                requireDirectory(names.get(i), way.toString(), file);
            }
        }
        return file;
    }

    private void requireDirectory(String name, String pathname, Path file) throws IOException {
        if (symlinks.contains(pathname) || Files.isSymbolicLink(file)) {
            throw new IOException("\"" + name + "\" on the way is a symbolic link");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("\"" + name + "\" on the way is not a directory");
        }
    }

    private void say(String what) {
        log.log(Level.DEBUG, what);
    }
}
