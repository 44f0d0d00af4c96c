package dev.kloset.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes files in ways that are easily overlooked, and proves that each change shows in the FileInfo that the importer
 * sends: the host reads content only if that differs. A file is changed between two processes, as between two backups.
 */
final class Staleness implements Check {

    private static final String BEFORE = "the bytes of the last snapshot";
    private static final String AFTER = "the bytes of this one, changed"; // as long as BEFORE
    private static final Instant PAST = Instant.parse("2021-03-04T05:06:07.123456789Z");

    /** One way to change a file. */
    private record Change(String name, String words, Action action) {}

    private interface Action {
        void apply(Path file) throws IOException;
    }

    private static final List<Change> CHANGES = List.of(
            new Change("size", "other bytes, more of them", file -> Files.writeString(file, AFTER + BEFORE)),
            new Change("same-size", "other bytes, as many, and the time of the change",
                    file -> Files.writeString(file, AFTER)),
            new Change("nanoseconds", "other bytes, as many, and a time that differs by nanoseconds", file -> {
                Files.writeString(file, AFTER);
                Files.setLastModifiedTime(file, FileTime.from(PAST.plusNanos(1000)));
            }),
            new Change("older", "other bytes, as many, and an older time", file -> {
                Files.writeString(file, AFTER);
                Files.setLastModifiedTime(file, FileTime.from(PAST.minusSeconds(3600)));
            }),
            new Change("renamed-over", "another file moved over it, with the same size and time", file -> {
                Path other = file.resolveSibling(file.getFileName() + ".new");
                Files.writeString(other, AFTER);
                Files.setLastModifiedTime(other, FileTime.from(PAST));
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }),
            new Change("in-place", "one byte changed in place", file -> {
                try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.seek(3);
                    bytes.write('X');
                }
            }));

    @Override
    public void run(Bench bench) throws Exception {
        Optional<Path> mutable = bench.ground.settings.mutable();
        if (mutable.isEmpty()) {
            throw new NotApplicableException("no directory of the source may be changed; --mutable names one");
        }
        Path directory = Files.createTempDirectory(mutable.get().toRealPath(), "kloset-check-");
        try {
            prove(bench, directory);
        } finally {
            CleanUp.removeTree(directory);
        }
    }

    private static void prove(Bench bench, Path directory) throws Exception {
        for (Change change : CHANGES) {
            Path file = Files.writeString(directory.resolve(change.name), BEFORE);
            Files.setLastModifiedTime(file, FileTime.from(PAST));
        }
        Files.writeString(directory.resolve("untouched"), BEFORE);
        Map<String, SeenRecord> before = records(bench);
        for (Change change : CHANGES) {
            change.action.apply(directory.resolve(change.name));
        }
        Map<String, SeenRecord> after = records(bench);
        List<String> stale = new ArrayList<>();
        for (Change change : CHANGES) {
            SeenRecord old = find(before, directory, change.name);
            if (old.info().equals(find(after, directory, change.name).info())) {
                stale.add(change.words);
            }
        }
        if (!stale.isEmpty()) {
            throw new ClauseFailedException("another FileInfo whenever the bytes are others",
                    "stale: the FileInfo stayed the same for " + String.join("; and for ", stale));
        }
        if (!find(before, directory, "untouched").info().equals(find(after, directory, "untouched").info())) {
            throw new BlockedException(Clause.I26, "an unchanged file that looks unchanged", "another FileInfo");
        }
    }

    private static Map<String, SeenRecord> records(Bench bench) throws Exception {
        try (ImportRun run = new ImportRun(bench.open())) {
            return ImportRecordChecks.byPath(run.rest());
        }
    }

    /** The pathname may be relative to the root of the source; the directory's own name is found nowhere else. */
    private static SeenRecord find(Map<String, SeenRecord> records, Path directory, String name)
            throws NotApplicableException {
        String end = "/" + directory.getFileName() + "/" + name;
        return records.values()
                .stream()
                .filter(record -> record.pathname().endsWith(end))
                .findFirst()
                .orElseThrow(() -> new NotApplicableException(
                        "the importer does not show " + end + ", which was made in the directory that may be changed"));
    }

}
