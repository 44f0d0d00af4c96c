package dev.kloset.files;

import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes the records for one path and emits them. Safe for any number of threads. */
final class WalkRecords {

    private final RecordSink sink;
    private final XattrReader xattrs;

    WalkRecords(RecordSink sink, XattrReader xattrs) {
        this.sink = sink;
        this.xattrs = xattrs;
    }

    /** Emit a file of any type and its extended attributes. */
    void emit(Path path, String pathname, FileInfo info) throws IOException, InterruptedException {
        String target = "";
        if (info.mode().isSymlink()) {
            WalkName read;
            try {
                read = WalkName.ofTarget(Files.readSymbolicLink(path));
            } catch (IOException e) {
                emitError(pathname, "cannot read the target of the symbolic link", e);
                return;
            }
            if (!read.valid()) {
                emitError(pathname, "the target of the symbolic link is not valid UTF-8, so the link is not backed up: "
                        + read.text());
                return;
            }
            target = read.text();
        }
        List<String> names = xattrNames(path, pathname);
        sink.emit(record(path, pathname, info, target).withXattrNames(names));
        for (String name : names) {
            sink.emit(XattrRecord.of(pathname, name, xattrs.content(path, name)));
        }
    }

    private static FileRecord record(Path path, String pathname, FileInfo info, String target) {
        if (info.mode().isSymlink()) {
            return FileRecord.symlink(pathname, info, target);
        }
        return info.mode().isRegular()
                ? FileRecord.file(pathname, info, new WalkContent(path))
                : FileRecord.of(pathname, info);
    }

    private List<String> xattrNames(Path path, String pathname) throws IOException, InterruptedException {
        List<byte[]> found;
        try {
            found = xattrs.list(path);
        } catch (IOException e) {
            // Some file systems cannot list them; the file itself is still wanted.
            emitError(pathname, "cannot list the extended attributes", e);
            return List.of();
        }
        List<String> names = new ArrayList<>(found.size());
        for (byte[] bytes : found) {
            WalkName name = WalkName.ofBytes(bytes);
            if (name.valid()) {
                names.add(name.text());
            } else {
                emitError(pathname, "the name of an extended attribute is not valid UTF-8, so it is not backed up: "
                        + name.text());
            }
        }
        Collections.sort(names);
        return names;
    }

    /** Emit a directory without its extended attributes. */
    void emitDirectory(String pathname, FileInfo info) throws IOException, InterruptedException {
        sink.emit(FileRecord.of(pathname, info));
    }

    /** Report a name that no record can carry. */
    void emitBadName(String pathname, boolean isDirectory) throws IOException, InterruptedException {
        emitError(pathname, "the name is not valid UTF-8 (its other bytes are shown as \\x and two digits), so "
                + (isDirectory ? "this directory with everything in it" : "this file") + " is not backed up");
    }

    /** Report that {@code tried} failed. */
    void emitError(String pathname, String tried, IOException cause) throws IOException, InterruptedException {
        emitError(pathname, tried + ": " + reason(cause));
    }

    private void emitError(String pathname, String message) throws IOException, InterruptedException {
        sink.emit(new ErrorRecord(pathname, message));
    }

    /** The record has the path already, and in the right characters: it is left out of the reason. */
    private static String reason(IOException cause) {
        if (!(cause instanceof FileSystemException failure) || failure.getFile() == null) {
            return Sentence.of(cause);
        }
        String reason = failure.getReason();
        return reason != null ? reason : Sentence.of(cause).replace(": " + failure.getFile(), "");
    }
}
