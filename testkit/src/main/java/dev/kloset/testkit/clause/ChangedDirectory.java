package dev.kloset.testkit.clause;

import dev.kloset.testkit.contract.ExpectedFiles;
import dev.kloset.testkit.contract.MutableSource;
import dev.kloset.testkit.contract.SourceChange;
import dev.kloset.testkit.subject.DirectoryTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** Files in a directory of the source, each changed in a way that is easily overlooked, all at once: an import may take long. */
final class ChangedDirectory implements MutableSource {

    private static final String BEFORE = "the bytes of the last snapshot";
    private static final String AFTER = "the bytes of this one, changed"; // as long as BEFORE
    private static final int AT = 3;
    private static final Instant PAST = Instant.parse("2021-03-04T05:06:07.123456789Z");

    /** One way to change a file, by the name of the file. */
    private record Way(String file, String after, Action action) {}

    private interface Action {
        void apply(Path file) throws IOException;
    }

    private static final List<Way> WAYS = List.of(
            new Way("more-bytes", AFTER + BEFORE, file -> Files.writeString(file, AFTER + BEFORE)),
            new Way("as-many-bytes-and-a-new-time", AFTER, file -> Files.writeString(file, AFTER)),
            new Way("as-many-bytes-and-a-time-that-differs-by-nanoseconds", AFTER, file -> {
                Files.writeString(file, AFTER);
                Files.setLastModifiedTime(file, FileTime.from(PAST.plusNanos(1000)));
            }),
            new Way("as-many-bytes-and-an-older-time", AFTER, file -> {
                Files.writeString(file, AFTER);
                Files.setLastModifiedTime(file, FileTime.from(PAST.minusSeconds(3600)));
            }),
            new Way("another-file-with-its-size-and-time-moved-over-it", AFTER, file -> {
                Path other = file.resolveSibling(file.getFileName() + ".new");
                Files.writeString(other, AFTER);
                Files.setLastModifiedTime(other, FileTime.from(PAST));
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }),
            new Way("one-byte-in-place", BEFORE.substring(0, AT) + "X" + BEFORE.substring(AT + 1), file -> {
                try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.seek(AT);
                    bytes.write('X');
                }
            }));

    private final Path directory;

    /** Make a directory in {@code mutable}. */
    ChangedDirectory(Path mutable) throws IOException {
        directory = Files.createTempDirectory(mutable.toRealPath(), "kloset-check-");
    }

    @Override
    public List<SourceChange> changes() throws IOException {
        for (Way way : WAYS) {
            Path file = Files.writeString(directory.resolve(way.file), BEFORE);
            Files.setLastModifiedTime(file, FileTime.from(PAST));
        }
        Files.writeString(directory.resolve("untouched"), BEFORE);
        return List.of(new SourceChange("files changed in ways that keep name, size or time", this::change));
    }

    private ExpectedFiles change() throws IOException {
        ExpectedFiles expected = ExpectedFiles.none();
        for (Way way : WAYS) {
            way.action.apply(directory.resolve(way.file));
            expected = expected.and("/" + directory.getFileName() + "/" + way.file,
                    way.after.getBytes(StandardCharsets.UTF_8));
        }
        return expected;
    }

    /** Other programs may use the rest of the source, and the pathname may be relative to its root. */
    @Override
    public boolean isAlwaysRead(String pathname) {
        return !pathname.contains("/" + directory.getFileName() + "/");
    }

    @Override
    public void close() throws IOException {
        DirectoryTree.remove(directory);
    }
}
