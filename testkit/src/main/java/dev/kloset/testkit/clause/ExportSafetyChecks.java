package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.E05;
import static dev.kloset.testkit.contract.Clause.E06;
import static dev.kloset.testkit.contract.Clause.E07;
import static dev.kloset.testkit.contract.Clause.E15;
import static dev.kloset.testkit.contract.Clause.E16;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.Destination;
import dev.kloset.testkit.connection.ExportMessages;
import dev.kloset.testkit.connection.ExportRun;
import dev.kloset.testkit.connection.NotApplicableException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.contract.Clause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clauses of family E about what an exporter must never leave on the disk. */
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
            assertAbsent(context, "/half");
        }
    }

    /**
     * A killed or reset export leaves no partial file. That there is a whole file shows that the plugin would have left a
     * partial one.
     */
    private static void assertOnlyWhole(CheckContext context) throws Exception {
        assertAbsent(context, "/half");
        if (!Destination.exists(Destination.file(context, "/whole"))) {
            throw new NotApplicableException("no evidence: the whole file before the half one did not appear either");
        }
    }

    private static void assertAbsent(CheckContext context, String pathname) throws Exception {
        Path file;
        try {
            file = Destination.file(context, pathname);
        } catch (NotApplicableException e) {
            return; // the plugin reported the error; the check has no access to the disk
        }
        if (Destination.exists(file)) {
            throw new ClauseFailedException("no file " + pathname, "one of " + Files.size(file) + " bytes");
        }
    }

    private static void staysInside(CheckContext context) throws Exception {
        Path destination = Destination.of(context);
        List<String> escapes = List.of("/../" + ESCAPE, "/a/../../" + ESCAPE,
                "/../../../../../../../../tmp/" + ESCAPE, "../" + ESCAPE);
        List<Path> outside = List.of(destination.resolveSibling(ESCAPE), Path.of("/tmp", ESCAPE),
                Path.of("/", ESCAPE));
        try (ExportRun run = new ExportRun(context.open())) {
            run.root();
            for (String escape : escapes) {
                run.file(escape, SOME);
            }
            run.endAnyhow();
            run.assertResults();
            for (Path file : outside) {
                if (Files.deleteIfExists(file)) {
                    throw new ClauseFailedException("nothing written outside " + destination, "the file " + file);
                }
            }
            for (String escape : escapes) {
                if (run.result(escape).map(result -> result.error().isEmpty()).orElse(false)) {
                    throw new ClauseFailedException("an error about \"" + escape + "\"", "a success");
                }
            }
        }
    }

    private static void doesNotFollowLinks(CheckContext context) throws Exception {
        Destination.of(context);
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
        Map<String, String> tree = Destination.tree(outside);
        if (!tree.equals(Map.of("", "", "precious", "keep me"))) {
            throw new ClauseFailedException("nothing written through the link", "outside there is now " + tree.keySet()
                    + (tree.getOrDefault("precious", "").equals("keep me") ? "" : ", and \"precious\" is changed"));
        }
    }

    private static void dropsResetFiles(CheckContext context) throws Exception {
        Destination.of(context);
        PluginConnection connection = context.open();
        try (ExportRun run = inTheMiddle(connection)) {
            run.cancel();
        }
        connection.assertAlive("an export that was reset");
        connection.closeInput();
        connection.awaitEnd();
        assertOnlyWhole(context);
    }

    private static void dropsFilesWhenKilled(CheckContext context) throws Exception {
        Destination.of(context);
        if (!context.runContext.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process, which cannot be killed");
        }
        PluginConnection connection = context.open();
        inTheMiddle(connection);
        connection.kill();
        assertOnlyWhole(context);
    }
}
