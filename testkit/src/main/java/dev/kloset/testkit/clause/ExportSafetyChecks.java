package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.E05;
import static dev.kloset.testkit.contract.Clause.E06;
import static dev.kloset.testkit.contract.Clause.E07;
import static dev.kloset.testkit.contract.Clause.E15;
import static dev.kloset.testkit.contract.Clause.E16;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ExportMessages;
import dev.kloset.testkit.connection.ExportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.destination.Destination;
import dev.kloset.testkit.destination.DirectoryDestination;
import dev.kloset.testkit.property.EntrySnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clauses of family E about what an exporter must never leave at the destination. */
final class ExportSafetyChecks {

    private static final byte[] SOME = "must not get out".getBytes(StandardCharsets.UTF_8);
    private static final String ESCAPE = "kloset-check-escape-" + Long.toHexString(System.nanoTime());
    private static final byte[] PIECE = new byte[256 * 1024];

    /** Many plugins make links and files at the same time; the attack needs the link to be there first. */
    private static final Duration LINK_PATIENCE = Duration.ofSeconds(1);

    private ExportSafetyChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(E05, ExportSafetyChecks::refusesHalfAFile);
        checks.put(E06, ExportSafetyChecks::staysInside);
        checks.put(E07, ExportSafetyChecks::doesNotFollowLinks);
        checks.put(E15, ExportSafetyChecks::dropsResetFiles);
        checks.put(E16, ExportSafetyChecks::dropsFilesWhenKilled);
    }

    /** Bring an export into the middle of a file. It sends more than fits into any window, so the plugin must have begun to write. */
    private static ExportRun inTheMiddle(PluginConnection connection) throws Exception {
        int pieces = connection.context.beyondAnyWindow() / PIECE.length;
        ExportRun run = new ExportRun(connection).root()
                .file("/whole", SOME)
                .send(ExportMessages.file("/half", (pieces + 1L) * PIECE.length));
        for (int i = 0; i < pieces; i++) {
            run.chunk(PIECE);
        }
        run.assertTaken("a file that is not whole yet");
        return run;
    }

    private static void refusesHalfAFile(CheckContext context) throws Exception {
        try (ExportRun run = inTheMiddle(context.open())) {
            Optional<String> failure = run.endAnyhow();
            Optional<ExportRun.Result> half = run.result("/half");
            boolean told = failure.isPresent() || half.isPresent() && !half.get().error().isEmpty();
            if (!told) {
                throw new ClauseFailedException("an error about /half, which was cut off",
                        half.isPresent() ? "a success" : "no word about it");
            }
            run.assertResults();
            assertAbsent(half(context));
        }
    }

    /**
     * A killed or reset export leaves no partial file. That there is a whole file shows that the plugin would have left a
     * partial one.
     */
    private static void assertOnlyWhole(Destination destination) throws Exception {
        Map<String, EntrySnapshot> seen = destination.look("/half", "/whole");
        assertAbsent(seen);
        if (!seen.containsKey("/whole")) {
            throw new NotApplicableException("no evidence: the whole file before the half one did not appear either");
        }
    }

    private static void assertAbsent(Map<String, EntrySnapshot> seen) throws Exception {
        EntrySnapshot half = seen.get("/half");
        if (half != null) {
            throw new ClauseFailedException("no file /half", "one of " + half.content());
        }
    }

    /** {@return what is at the destination, or nothing if the check cannot see it: the plugin has reported the error} */
    private static Map<String, EntrySnapshot> half(CheckContext context) throws Exception {
        try {
            return Destination.of(context).look("/half");
        } catch (NotApplicableException e) {
            return Map.of();
        }
    }

    private static void staysInside(CheckContext context) throws Exception {
        Optional<Path> directory = Destination.of(context).directory();
        List<String> escapes = List.of("/../" + ESCAPE, "/a/../../" + ESCAPE,
                "/../../../../../../../../tmp/" + ESCAPE, "../" + ESCAPE);
        try (ExportRun run = new ExportRun(context.open())) {
            run.root();
            for (String escape : escapes) {
                run.file(escape, SOME);
            }
            run.endAnyhow();
            run.assertResults();
            if (directory.isPresent()) {
                assertNothingOutside(directory.get());
            } else {
                context.note("only the results are judged: nothing shows what is around the destination");
            }
            for (String escape : escapes) {
                if (run.result(escape).map(result -> result.error().isEmpty()).orElse(false)) {
                    throw new ClauseFailedException("an error about \"" + escape + "\"", "a success");
                }
            }
        }
    }

    private static void assertNothingOutside(Path destination) throws Exception {
        List<Path> outside = List.of(destination.resolveSibling(ESCAPE), Path.of("/tmp", ESCAPE),
                Path.of("/", ESCAPE));
        for (Path file : outside) {
            if (Files.deleteIfExists(file)) {
                throw new ClauseFailedException("nothing written outside " + destination, "the file " + file);
            }
        }
    }

    private static void doesNotFollowLinks(CheckContext context) throws Exception {
        if (!context.keeps(PreservedAttribute.SYMBOLIC_LINKS)) {
            throw new NotApplicableException("the destination keeps no links, as was declared");
        }
        if (Destination.of(context).directory().isEmpty()) {
            throw new NotApplicableException("nothing shows what is around a destination that is no directory here");
        }
        Path outside = context.runContext.place();
        Files.writeString(outside.resolve("precious"), "keep me");
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().send(ExportMessages.link("/way-out", outside.toString()));
            run.awaitResult("/way-out", LINK_PATIENCE);
            run.file("/way-out/new", SOME)
                    .file("/way-out/precious", SOME)
                    .send(ExportMessages.directory("/way-out/directory", "directory"))
                    .endAnyhow();
            run.assertResults();
        }
        Map<String, String> tree = DirectoryDestination.tree(outside);
        if (!tree.equals(Map.of("", "", "precious", "keep me"))) {
            throw new ClauseFailedException("nothing written through the link", "outside there is now " + tree.keySet()
                    + (tree.getOrDefault("precious", "").equals("keep me") ? "" : ", and \"precious\" is changed"));
        }
    }

    private static void dropsResetFiles(CheckContext context) throws Exception {
        Destination destination = Destination.of(context);
        PluginConnection connection = context.open();
        try (ExportRun run = inTheMiddle(connection)) {
            run.cancel();
        }
        connection.assertAlive("an export that was reset");
        connection.closeInput();
        connection.awaitEnd();
        assertOnlyWhole(destination);
    }

    private static void dropsFilesWhenKilled(CheckContext context) throws Exception {
        Destination destination = Destination.of(context);
        if (!context.runContext.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process, which cannot be killed");
        }
        PluginConnection connection = context.open();
        inTheMiddle(connection);
        connection.kill();
        assertOnlyWhole(destination);
    }
}
