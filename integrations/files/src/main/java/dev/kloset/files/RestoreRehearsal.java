package dev.kloset.files;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.XattrRecord;
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
 * Says what a restore would do and writes nothing: a summary, and each record at the level that has no limit. What would
 * fail whatever the content is reported as it would be, links on the way above all; missing rights or space are not found
 * out. Remembers the paths of symbolic links, and of directories that
 * would take the place of something else. For one thread.
 */
final class RestoreRehearsal {

    private final System.Logger log;
    private final Path root;
    private final RestoreMetadata metadata;
    private final RestoreResults results;
    private final Set<String> symlinks = new HashSet<>();
    private final Set<String> replaced = new HashSet<>();
    private long directories;
    private long files;
    private long bytes;

    RestoreRehearsal(Path root, RestoreMetadata metadata, ResultSink results, System.Logger log) {
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

    /** {@return what could not be restored of it} */
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
                say("would make the directory " + file + " in the place of what is there");
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

    /** Files and links replace all but directories that are not empty. */
    private static void requireFree(String pathname, Path file) throws IOException {
        RestorePath.name(pathname);
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(file)) {
            if (entries.iterator().hasNext()) {
                throw new IOException(RestoredFiles.FULL_DIRECTORY_IN_PLACE);
            }
        }
    }

    private boolean isDirectory(String pathname, Path file) {
        // The user chose the root: a link to a directory is fine there.
        return pathname.equals("/") ? Files.isDirectory(file) : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** {@return where the record goes, if nothing but directories is on the way} */
    private Path locate(String pathname) throws IOException {
        List<String> names = RestorePath.names(pathname);
        Path file = root;
        StringBuilder way = new StringBuilder();
        boolean free = false; // nothing will be below a directory that is new
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
