package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.E03;
import static dev.kloset.testkit.contract.Clause.E04;
import static dev.kloset.testkit.contract.Clause.E12;
import static dev.kloset.testkit.contract.Clause.E13;
import static dev.kloset.testkit.contract.Clause.E14;
import static dev.kloset.testkit.contract.Clause.E18;

import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.Destination;
import dev.kloset.testkit.connection.ExportMessages;
import dev.kloset.testkit.connection.ExportRun;
import dev.kloset.testkit.contract.Clause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The clauses of family E about what is on the disk after an export. */
final class ExportTreeChecks {

    private static final int MIB = 1 << 20;

    private ExportTreeChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(E03, ExportTreeChecks::writesEveryByte);
        checks.put(E04, ExportTreeChecks::createsEmptyFiles);
        checks.put(E12, ExportTreeChecks::keepsModeAndTime);
        checks.put(E13, ExportTreeChecks::replaces);
        checks.put(E14, ExportTreeChecks::takesEveryName);
        checks.put(E18, ExportTreeChecks::makesDirectoriesAndLinks);
    }

    private static void writesEveryByte(CheckContext context) throws Exception {
        Destination.of(context);
        Random random = new Random(3);
        try (ExportRun run = new ExportRun(context.open())) {
            run.root();
            int[] sizes = { 1, 1023, 65_536, 65_537, 3 * MIB + 1 };
            byte[][] contents = new byte[sizes.length][];
            for (int i = 0; i < sizes.length; i++) {
                contents[i] = new byte[sizes[i]];
                random.nextBytes(contents[i]);
                run.file("/size-" + sizes[i], contents[i], sizes[i] < 2000 ? 1 : MIB);
            }
            run.end();
            for (int i = 0; i < sizes.length; i++) {
                assertContent(context, run, "/size-" + sizes[i], contents[i]);
            }
        }
    }

    private static void assertContent(CheckContext context, ExportRun run, String pathname, byte[] expected)
            throws Exception {
        Path file = Destination.file(context, pathname);
        String error = run.result(pathname).map(ExportRun.Result::error).orElse("no result");
        if (!error.isEmpty()) {
            throw new ClauseFailedException("success for " + pathname, error);
        }
        if (!Destination.exists(file)) {
            throw new ClauseFailedException("the file " + pathname, "no such file, although its result was a success");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (!Arrays.equals(bytes, expected)) {
            throw new ClauseFailedException(expected.length + " bytes in " + pathname, bytes.length == expected.length
                    ? "as many, but others"
                    : bytes.length + " bytes");
        }
    }

    private static void createsEmptyFiles(CheckContext context) throws Exception {
        Destination.of(context);
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().file("/empty", new byte[0]).file("/after", new byte[]{ 1 }).end();
            assertContent(context, run, "/empty", new byte[0]);
            assertContent(context, run, "/after", new byte[]{ 1 });
        }
    }

    private static void keepsModeAndTime(CheckContext context) throws Exception {
        Path file = Destination.file(context, "/file");
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().file("/file", new byte[]{ 1, 2, 3 }).end();
        }
        if (!Destination.exists(file)) {
            throw new BlockedException(E03, "the file /file", "no such file, although its result was a success");
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        Instant time = Files.getLastModifiedTime(file).toInstant();
        if (!mode.equals("rw-r-----") || time.getEpochSecond() != ExportMessages.TIME.getEpochSecond()) {
            throw new ClauseFailedException("mode rw-r----- and time " + ExportMessages.TIME,
                    "mode " + mode + " and time " + time);
        }
        if (!time.equals(ExportMessages.TIME)) {
            context.note("the time is cut to " + time);
        }
    }

    private static void replaces(CheckContext context) throws Exception {
        Destination.of(context);
        byte[] second = "second".getBytes(StandardCharsets.UTF_8);
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().file("/file", "first, and longer".getBytes(StandardCharsets.UTF_8)).end();
        }
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().file("/file", second).end();
            assertContent(context, run, "/file", second);
        }
    }

    private static void takesEveryName(CheckContext context) throws Exception {
        Destination.of(context);
        List<String> names = List.of("two words", "line\nend", "-dash", "*?[]", "\u00e4\u4e2d\ud83d\ude00",
                "back\\slash",
                "n".repeat(255));
        try (ExportRun run = new ExportRun(context.open())) {
            run.root();
            for (String name : names) {
                run.file("/" + name, name.getBytes(StandardCharsets.UTF_8));
            }
            run.end();
            for (String name : names) {
                assertContent(context, run, "/" + name, name.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void makesDirectoriesAndLinks(CheckContext context) throws Exception {
        Path directory = Destination.file(context, "/empty-dir");
        Path link = Destination.file(context, "/link");
        String target = "nowhere/../at all";
        try (ExportRun run = new ExportRun(context.open())) {
            run.root()
                    .send(ExportMessages.directory("/empty-dir", "empty-dir"))
                    .send(ExportMessages.link("/link", target))
                    .end();
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new ClauseFailedException("the directory /empty-dir", "no such directory");
        }
        if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).toString().equals(target)) {
            throw new ClauseFailedException("the link /link to \"" + target + "\"", Files.isSymbolicLink(link)
                    ? "a link to \"" + Files.readSymbolicLink(link) + "\""
                    : "no link");
        }
    }
}
