package dev.kloset.testkit;

import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The clauses of family I that take a directory of the source in which files may be made. */
final class ChangedSource {

    private static final String GOES = "goes";
    private static final String LOCKED = "locked";
    private static final String STAYS = "stays";
    private static final String CONTENT = "the bytes of a file that kloset check has made";

    private ChangedSource() {}

    private interface Proof {
        void run(Bench bench, Path directory) throws Exception;
    }

    static void addTo(Map<Clause, Check> checks) {
        checks.put(Clause.I29, bench -> inADirectory(bench, ChangedSource::goesOnWithoutOne));
        checks.put(Clause.I30, bench -> inADirectory(bench, ChangedSource::leavesTheSourceAlone));
    }

    private static void inADirectory(Bench bench, Proof proof) throws Exception {
        Path mutable = bench.ground.settings.mutable()
                .orElseThrow(() -> new NotApplicableException(
                        "no directory of the source may be changed; --mutable names one"));
        if (bench.ground.isBroken(Clause.I03)) {
            throw new NotApplicableException("I03 is broken: a good end cannot be told from a bad one");
        }
        Path directory = Files.createTempDirectory(mutable.toRealPath(), "kloset-check-");
        try {
            for (String name : List.of(GOES, LOCKED, STAYS)) {
                Files.writeString(directory.resolve(name), CONTENT);
            }
            proof.run(bench, directory);
        } finally {
            CleanUp.removeTree(directory);
        }
    }

    /** One file vanishes when its record has come; another may not be read, if that can be had. */
    private static void goesOnWithoutOne(Bench bench, Path directory) throws Exception {
        Path locked = directory.resolve(LOCKED);
        try {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        } catch (UnsupportedOperationException e) {
            bench.note("files have no modes here: only a file that vanishes was tried");
        }
        if (Files.isReadable(locked)) {
            bench.note("this user may read every file: only a file that vanishes was tried");
        }
        Session session = bench.open();
        List<String> seen = new ArrayList<>();
        try (ImportRun run = new ImportRun(session)) {
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                String name = nameIn(directory, record);
                if (name != null) {
                    seen.add(name);
                    open(session, directory, name, record);
                }
                run.acknowledge(record);
            }
            run.end();
        } catch (BlockedException e) {
            throw new ClauseFailedException("an import that goes on without one file", e.failure().failure().seen());
        }
        if (seen.isEmpty()) {
            throw new NotApplicableException("the importer does not show files that were made in the directory that "
                    + "may be changed");
        }
        if (!seen.contains(STAYS)) {
            throw new ClauseFailedException("a record for the file that can be read", "records for " + seen);
        }
    }

    private static void open(Session session, Path directory, String name, SeenRecord record) throws Exception {
        if (record.isError()) {
            return;
        }
        if (name.equals(GOES)) {
            Files.delete(directory.resolve(GOES));
        }
        ContentRead content;
        try {
            content = ContentRead.of(session, record);
        } catch (StatusException e) {
            if (name.equals(STAYS)) {
                throw new ClauseFailedException("the content of a file beside one that cannot be read",
                        Session.words(e));
            }
            return;
        }
        // A plugin that had read it before it vanished has its content; less than that is a loss that nobody is told.
        boolean isCut = name.equals(GOES) && content.bytes() != CONTENT.length();
        if (isCut && !session.bench.ground.isBroken(Clause.I19)) {
            throw new ClauseFailedException(
                    "an Open that fails, or " + CONTENT.length() + " bytes, of " + record.words(),
                    content.bytes() + " bytes and OK");
        }
    }

    /** {@return which of the made files it is; null for all other records} */
    private static @Nullable String nameIn(Path directory, SeenRecord record) {
        String end = "/" + directory.getFileName() + "/";
        int at = record.pathname().lastIndexOf(end);
        return at < 0 || record.isXattr() ? null : record.pathname().substring(at + end.length());
    }

    private static void leavesTheSourceAlone(Bench bench, Path directory) throws Exception {
        Map<String, String> before = state(directory);
        Session session = bench.open();
        boolean shown = false;
        try (ImportRun run = new ImportRun(session)) {
            for (SeenRecord record = run.next(); record != null; record = run.next()) {
                shown |= nameIn(directory, record) != null;
                run.acknowledge(record);
            }
            run.end();
        }
        if (!bench.ground.isBroken(Clause.L07)) {
            session.unary("Close");
        }
        session.closeInput();
        session.awaitEnd();
        if (!shown) {
            throw new NotApplicableException("the importer does not show files that were made in the directory that "
                    + "may be changed");
        }
        Map<String, String> after = state(directory);
        if (!after.equals(before)) {
            throw new ClauseFailedException("the files of the source as they were: " + before, after.toString());
        }
    }

    private static Map<String, String> state(Path directory) throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                state.put(String.valueOf(file.getFileName()), Files.readString(file) + " of "
                        + Files.getLastModifiedTime(file) + ", " + Files.getPosixFilePermissions(file));
            }
        }
        return state;
    }
}
