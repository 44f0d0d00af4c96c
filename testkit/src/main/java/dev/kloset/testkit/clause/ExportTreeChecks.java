package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.E03;
import static dev.kloset.testkit.contract.Clause.E04;
import static dev.kloset.testkit.contract.Clause.E13;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ExportRun;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.destination.Destination;
import dev.kloset.testkit.property.EntrySnapshot;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The clauses of family E about the bytes that an export leaves at the destination. */
final class ExportTreeChecks {

    private static final int MIB = 1 << 20;

    private ExportTreeChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(E03, ExportTreeChecks::writesEveryByte);
        checks.put(E04, ExportTreeChecks::createsEmptyFiles);
        checks.put(E13, ExportTreeChecks::replaces);
    }

    private static void writesEveryByte(CheckContext context) throws Exception {
        Destination destination = Destination.of(context);
        Random random = new Random(3);
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (ExportRun run = new ExportRun(context.open())) {
            run.root();
            for (int size : new int[]{ 1, 1023, 65_536, 65_537, 3 * MIB + 1 }) {
                byte[] content = new byte[size];
                random.nextBytes(content);
                contents.put("/size-" + size, content);
                run.file("/size-" + size, content, size < 2000 ? 1 : MIB);
            }
            run.end();
            assertContents(destination, run, contents);
        }
    }

    /** Fail unless each of these has been restored with success, byte for byte. */
    static void assertContents(Destination destination, ExportRun run, Map<String, byte[]> contents) throws Exception {
        Map<String, EntrySnapshot> seen = destination.look(contents.keySet().toArray(String[]::new));
        for (Map.Entry<String, byte[]> each : contents.entrySet()) {
            assertContent(run, each.getKey(), each.getValue(), seen.get(each.getKey()));
        }
    }

    private static void assertContent(ExportRun run, String pathname, byte[] expected, @Nullable EntrySnapshot seen)
            throws Exception {
        String error = error(run, pathname);
        if (!error.isEmpty()) {
            throw new ClauseFailedException("success for " + pathname, error);
        }
        if (seen == null) {
            throw new ClauseFailedException("the file " + pathname,
                    "no such file, although its result was a success");
        }
        String words = EntrySnapshot.words(expected);
        if (!seen.content().equals(words)) {
            throw new ClauseFailedException(words + " in " + pathname, seen.content());
        }
    }

    /** {@return the error of a record; empty for a success} */
    static String error(ExportRun run, String pathname) {
        return run.result(pathname).map(ExportRun.Result::error).orElse("no result");
    }

    private static void createsEmptyFiles(CheckContext context) throws Exception {
        Destination destination = Destination.of(context);
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().file("/empty", new byte[0]).file("/after", new byte[]{ 1 }).end();
            assertContents(destination, run, Map.of("/empty", new byte[0], "/after", new byte[]{ 1 }));
        }
    }

    private static void replaces(CheckContext context) throws Exception {
        Destination destination = Destination.of(context);
        byte[] second = "second".getBytes(StandardCharsets.UTF_8);
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().file("/file", "first, and longer".getBytes(StandardCharsets.UTF_8)).end();
        }
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().file("/file", second).end();
            assertContents(destination, run, Map.of("/file", second));
        }
    }
}
