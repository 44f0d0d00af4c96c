package dev.kloset.testkit.clause;

import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ContentRead;
import dev.kloset.testkit.connection.ImportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.ReceivedRecord;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.subject.DirectoryTree;
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

/** The clauses of family I that need a source directory in which the check may make files. */
final class ChangedSource {

    private static final String GOES = "goes";
    private static final String LOCKED = "locked";
    private static final String STAYS = "stays";
    private static final String CONTENT = "the bytes of a file that kloset check has made";

    private ChangedSource() {}

    private interface Proof {
        void run(CheckContext context, Path directory) throws Exception;
    }

    static void addTo(Map<Clause, Check> checks) {
        checks.put(Clause.I29, context -> inADirectory(context, ChangedSource::goesOnWithoutOne));
        checks.put(Clause.I30, context -> inADirectory(context, ChangedSource::leavesTheSourceAlone));
    }

    private static void inADirectory(CheckContext context, Proof proof) throws Exception {
        Path mutable = context.runContext.settings.mutable()
                .orElseThrow(() -> new NotApplicableException(
                        "no directory of the source may be changed; --mutable names one"));
        if (context.runContext.isBroken(Clause.I03)) {
            throw new NotApplicableException("I03 is broken: a good end cannot be told from a bad one");
        }
        Path directory = Files.createTempDirectory(mutable.toRealPath(), "kloset-check-");
        try {
            for (String name : List.of(GOES, LOCKED, STAYS)) {
                Files.writeString(directory.resolve(name), CONTENT);
            }
            proof.run(context, directory);
        } finally {
            DirectoryTree.remove(directory);
        }
    }

    /** One file vanishes once its record has come; another may be unreadable, where the system allows that. */
    private static void goesOnWithoutOne(CheckContext context, Path directory) throws Exception {
        Path locked = directory.resolve(LOCKED);
        try {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        } catch (UnsupportedOperationException e) {
            context.note("files have no modes here: only a file that vanishes was tried");
        }
        if (Files.isReadable(locked)) {
            context.note("this user may read every file: only a file that vanishes was tried");
        }
        PluginConnection connection = context.open();
        List<String> seen = new ArrayList<>();
        try (ImportRun run = new ImportRun(connection)) {
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                String name = nameIn(directory, record);
                if (name != null) {
                    seen.add(name);
                    open(connection, directory, name, record);
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

    private static void open(PluginConnection connection, Path directory, String name, ReceivedRecord record)
            throws Exception {
        if (record.isError()) {
            return;
        }
        if (name.equals(GOES)) {
            Files.delete(directory.resolve(GOES));
        }
        ContentRead content;
        try {
            content = ContentRead.of(connection, record);
        } catch (StatusException e) {
            if (name.equals(STAYS)) {
                throw new ClauseFailedException("the content of a file beside one that cannot be read",
                        PluginConnection.words(e));
            }
            return;
        }
        // A plugin that had read the file before it vanished has its content; anything less is a silent loss.
        boolean isCut = name.equals(GOES) && content.bytes() != CONTENT.length();
        if (isCut && !connection.context.runContext.isBroken(Clause.I19)) {
            throw new ClauseFailedException(
                    "an Open that fails, or " + CONTENT.length() + " bytes, of " + record.words(),
                    content.bytes() + " bytes and OK");
        }
    }

    /** {@return which of the made files the record describes; null for all other records} */
    private static @Nullable String nameIn(Path directory, ReceivedRecord record) {
        String end = "/" + directory.getFileName() + "/";
        int at = record.pathname().lastIndexOf(end);
        return at < 0 || record.isXattr() ? null : record.pathname().substring(at + end.length());
    }

    private static void leavesTheSourceAlone(CheckContext context, Path directory) throws Exception {
        Map<String, String> before = state(directory);
        PluginConnection connection = context.open();
        boolean shown = false;
        try (ImportRun run = new ImportRun(connection)) {
            for (ReceivedRecord record = run.next(); record != null; record = run.next()) {
                shown |= nameIn(directory, record) != null;
                run.acknowledge(record);
            }
            run.end();
        }
        if (!context.runContext.isBroken(Clause.L07)) {
            connection.unary("Close");
        }
        connection.closeInput();
        connection.awaitEnd();
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
