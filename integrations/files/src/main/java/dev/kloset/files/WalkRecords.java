package dev.kloset.files;

import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
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

/** Makes the records for one file and emits them. As safe for threads as its sink. */
final class WalkRecords {

    private final RecordSink sink;
    private final SourceTree tree;
    private final WalkTimes times;
    private final boolean xattrs;

    /**
     * @param tree the one that contents are opened from, later
     * @param times where times are looked at
     * @param xattrs whether extended attributes are wanted
     */
    WalkRecords(RecordSink sink, SourceTree tree, WalkTimes times, boolean xattrs) {
        this.times = times;
        this.sink = sink;
        this.tree = tree;
        this.xattrs = xattrs;
    }

    /** Emit a file of any type and its extended attributes. */
    void emit(SourceFile file, SourcePlace place, FileInfo info) throws IOException, InterruptedException {
        String pathname = place.pathname();
        String target = "";
        if (info.mode().isSymlink()) {
            try {
                target = QuotedName.of(file.target());
            } catch (IOException e) {
                emitError(pathname, "cannot read the target of the symbolic link", e);
                return;
            }
        }
        times.look(pathname, info);
        List<byte[]> names = xattrNames(file, pathname);
        FileRecord record = record(place, info, target);
        if (names.isEmpty()) {
            sink.emit(record);
            return;
        }
        List<String> texts = names.stream().map(QuotedName::of).toList();
        sink.emit(record.withXattrNames(texts));
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i);
            sink.emit(XattrRecord.of(pathname, texts.get(i), () -> xattr(place, name, info)));
        }
    }

    private FileRecord record(SourcePlace place, FileInfo info, String target) {
        if (info.mode().isSymlink()) {
            return FileRecord.symlink(place.pathname(), info, target);
        }
        return info.mode().isRegular()
                ? FileRecord.file(place.pathname(), info, () -> content(place, info))
                : FileRecord.of(place.pathname(), info);
    }

    private InputStream content(SourcePlace place, FileInfo listed) throws IOException {
        try (SourceFile file = tree.hold(place)) {
            file.require(listed);
            return file.read();
        } catch (IOException e) {
            throw failure(place, e);
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

    /** {@return {@code cause} under the path that the user knows} Its own is below the start, or a name of the kernel. */
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

    /** The system ends each name with a zero. */
    private List<byte[]> xattrNames(SourceFile file, String pathname) throws IOException, InterruptedException {
        byte[] names;
        try {
            names = xattrs ? file.xattrNames() : new byte[0];
        } catch (IOException e) {
            // Some file systems cannot list them; the file itself is still wanted.
            emitError(pathname, "cannot list the extended attributes", e);
            return List.of();
        }
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

    /** The record has the path already, and in the right characters: it is left out of the reason. */
    private static String reason(IOException cause) {
        if (!(cause instanceof FileSystemException failure) || failure.getFile() == null) {
            return Sentence.of(cause);
        }
        String reason = failure.getReason();
        return reason != null ? reason : Sentence.of(cause).replace(": " + failure.getFile(), "");
    }
}
