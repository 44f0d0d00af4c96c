package dev.kloset.files.backup;

import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import dev.kloset.files.posix.QuotedName;
import dev.kloset.files.source.SourceFile;
import dev.kloset.files.source.SourcePlace;
import dev.kloset.files.source.SourceTree;
import dev.kloset.support.Sentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the records for one file and emits them. As thread-safe as its sink. */
public final class WalkRecords {

    private final RecordSink sink;
    private final SourceTree tree;
    private final WalkTimes times;
    private final boolean xattrs;

    /**
     * @param tree the tree from which contents are opened later
     * @param times checks the times
     * @param xattrs whether to emit extended attributes
     */
    public WalkRecords(RecordSink sink, SourceTree tree, WalkTimes times, boolean xattrs) {
        this.times = times;
        this.sink = sink;
        this.tree = tree;
        this.xattrs = xattrs;
    }

    /**
     * Emit a file of any type and its extended attributes.
     *
     * @return whether the file is still there; if it has gone since {@code info} was read, only an error was emitted
     */
    public boolean emit(SourceFile file, SourcePlace place, FileInfo info) throws IOException, InterruptedException {
        String pathname = place.pathname();
        String target = "";
        if (info.mode().isSymlink()) {
            try {
                target = QuotedName.of(file.target());
            } catch (IOException e) {
                emitError(pathname, "cannot read the target of the symbolic link", e);
                return true;
            }
        }
        List<byte[]> names = xattrNames(file, pathname, info);
        if (names == null) {
            return false;
        }
        times.look(pathname, info);
        FileRecord record = record(place, info, target);
        if (names.isEmpty()) {
            sink.emit(record);
            return true;
        }
        List<String> texts = names.stream().map(QuotedName::of).toList();
        sink.emit(record.withXattrNames(texts));
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i);
            sink.emit(XattrRecord.of(pathname, texts.get(i), () -> xattr(place, name, info)));
        }
        return true;
    }

    private FileRecord record(SourcePlace place, FileInfo info, String target) {
        if (info.mode().isSymlink()) {
            return FileRecord.symlink(place.pathname(), info, target);
        }
        return info.mode().isRegular()
                ? FileRecord.file(place.pathname(), info, new FileContent(place, info))
                : FileRecord.of(place.pathname(), info);
    }

    /** The content of a regular file. To read it costs little and changes nothing, whether or not the host wants it. */
    private final class FileContent implements Content {

        private final SourcePlace place;
        private final FileInfo listed;

        FileContent(SourcePlace place, FileInfo listed) {
            this.place = place;
            this.listed = listed;
        }

        @Override
        public InputStream open() throws IOException {
            try (SourceFile file = tree.hold(place)) {
                file.require(listed);
                return file.read();
            } catch (IOException e) {
                throw failure(place, e);
            }
        }

        @Override
        public boolean mayBeReadAhead() {
            return true;
        }
    }

    private InputStream xattr(SourcePlace place, byte[] name, FileInfo listed) throws IOException {
        try (SourceFile file = tree.hold(place)) {
            if (listed.mode().isRegular()) {
                file.require(listed);
            }
            return new ByteArrayInputStream(file.xattr(name));
        } catch (IOException e) {
            throw failure(place, e);
        }
    }

    /**
     * {@return {@code cause} with the path that the user knows} Its own path is relative to the start, or one of the kernel's
     * names.
     */
    private static IOException failure(SourcePlace place, IOException cause) {
        IOException failure;
        if (cause instanceof NoSuchFileException) {
            failure = new NoSuchFileException(place.pathname());
        } else if (cause instanceof AccessDeniedException) {
            failure = new AccessDeniedException(place.pathname());
        } else {
            failure = new IOException(reason(cause));
        }
        failure.addSuppressed(cause);
        return failure;
    }

    /** {@return the names, sorted; null if the file no longer exists, after emitting an error} */
    private @Nullable List<byte[]> xattrNames(SourceFile file, String pathname, FileInfo info)
            throws IOException, InterruptedException {
        try {
            return xattrs ? sorted(file.xattrNames()) : List.of();
        } catch (IOException e) {
            if (e instanceof NoSuchFileException && hasGone(file, info)) {
                emitError(pathname, "cannot read the metadata", e);
                return null;
            }
            // Some file systems cannot list attributes; the file itself is still backed up.
            emitError(pathname, "cannot list the extended attributes", e);
            return List.of();
        }
    }

    /** Some FUSE file systems list a symbolic link's target instead, and so say of a dangling link that it does not exist. */
    private static boolean hasGone(SourceFile file, FileInfo info) {
        try {
            file.info(info.name());
            return false;
        } catch (IOException e) {
            return e instanceof NoSuchFileException;
        }
    }

    /** {@return the names, which the system ends with zeros, sorted} */
    private static List<byte[]> sorted(byte[] names) {
        if (names.length == 0) {
            return List.of();
        }
        List<byte[]> list = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < names.length; i++) {
            if (names[i] == 0) {
                list.add(Arrays.copyOfRange(names, start, i));
                start = i + 1;
            }
        }
        Collections.sort(list, Arrays::compareUnsigned);
        return list;
    }

    /** Emit a directory without its extended attributes. */
    void emitDirectory(String pathname, FileInfo info) throws IOException, InterruptedException {
        sink.emit(FileRecord.of(pathname, info));
    }

    /** Report that {@code tried} failed. */
    void emitError(String pathname, String tried, IOException cause) throws IOException, InterruptedException {
        sink.emit(new ErrorRecord(pathname, tried + ": " + reason(cause)));
    }

    /** {@return the reason without the path} The record already has the path, in the right characters. */
    private static String reason(IOException cause) {
        if (!(cause instanceof FileSystemException failure) || failure.getFile() == null) {
            return Sentence.of(cause);
        }
        String reason = failure.getReason();
        return reason != null ? reason : Sentence.of(cause).replace(": " + failure.getFile(), "");
    }
}
