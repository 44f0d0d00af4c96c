package dev.kloset.testkit;

import static dev.kloset.testkit.Clause.E05;
import static dev.kloset.testkit.Clause.E06;
import static dev.kloset.testkit.Clause.E07;
import static dev.kloset.testkit.Clause.E15;
import static dev.kloset.testkit.Clause.E16;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clauses of family E about what must never lie on the disk. */
final class ExportSafetyChecks {

    private static final byte[] SOME = "must not get out".getBytes(StandardCharsets.UTF_8);
    private static final String ESCAPE = "kloset-check-escape-" + Long.toHexString(System.nanoTime());
    private static final byte[] PIECE = new byte[256 * 1024];

    /** Many make links and files at the same time: the link must be there first to be dangerous. */
    private static final Duration LINK_PATIENCE = Duration.ofSeconds(1);

    private ExportSafetyChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(E05, ExportSafetyChecks::refusesHalfAFile);
        checks.put(E06, ExportSafetyChecks::staysInside);
        checks.put(E07, ExportSafetyChecks::doesNotFollowLinks);
        checks.put(E15, ExportSafetyChecks::dropsResetFiles);
        checks.put(E16, ExportSafetyChecks::dropsFilesWhenKilled);
    }

    /**
     * Bring an export into the middle of a file: so much is sent that it does not fit into any window, so the plugin must have
     * begun to write.
     */
    private static ExportRun inTheMiddle(Session session) throws Exception {
        int pieces = session.bench.beyondAnyWindow() / PIECE.length;
        ExportRun run = new ExportRun(session).root()
                .file("/whole", SOME)
                .send(ExportMessages.file("/half", (pieces + 1L) * PIECE.length));
        for (int i = 0; i < pieces; i++) {
            run.chunk(PIECE);
        }
        run.assertTaken("a file that is not whole yet");
        return run;
    }

    private static void refusesHalfAFile(Bench bench) throws Exception {
        try (ExportRun run = inTheMiddle(bench.open())) {
            Optional<String> failure = run.endAnyhow();
            Optional<ExportRun.Result> half = run.result("/half");
            boolean told = failure.isPresent() || half.isPresent() && !half.get().error().isEmpty();
            if (!told) {
                throw new ClauseFailedException("an error about /half, which was cut off",
                        half.isPresent() ? "a success" : "no word about it");
            }
            run.assertResults();
            assertAbsent(bench, "/half");
        }
    }

    /** What is killed or reset leaves no half: that there is a whole file shows that it would have left one. */
    private static void assertOnlyWhole(Bench bench) throws Exception {
        assertAbsent(bench, "/half");
        if (!Destination.exists(Destination.file(bench, "/whole"))) {
            throw new NotApplicableException("no evidence: the whole file before the half one did not appear either");
        }
    }

    private static void assertAbsent(Bench bench, String pathname) throws Exception {
        Path file;
        try {
            file = Destination.file(bench, pathname);
        } catch (NotApplicableException e) {
            return; // the error was told; what lies on the disk cannot be looked at
        }
        if (Destination.exists(file)) {
            throw new ClauseFailedException("no file " + pathname, "one of " + Files.size(file) + " bytes");
        }
    }

    private static void staysInside(Bench bench) throws Exception {
        Path destination = Destination.of(bench);
        List<String> escapes = List.of("/../" + ESCAPE, "/a/../../" + ESCAPE,
                "/../../../../../../../../tmp/" + ESCAPE, "../" + ESCAPE);
        List<Path> outside = List.of(destination.resolveSibling(ESCAPE), Path.of("/tmp", ESCAPE),
                Path.of("/", ESCAPE));
        try (ExportRun run = new ExportRun(bench.open())) {
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

    private static void doesNotFollowLinks(Bench bench) throws Exception {
        Destination.of(bench);
        Path outside = bench.ground.place();
        Files.writeString(outside.resolve("precious"), "keep me");
        try (ExportRun run = new ExportRun(bench.open())) {
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

    private static void dropsResetFiles(Bench bench) throws Exception {
        Destination.of(bench);
        Session session = bench.open();
        try (ExportRun run = inTheMiddle(session)) {
            run.cancel();
        }
        session.assertAlive("an export that was reset");
        session.closeInput();
        session.awaitEnd();
        assertOnlyWhole(bench);
    }

    private static void dropsFilesWhenKilled(Bench bench) throws Exception {
        Destination.of(bench);
        if (!bench.ground.subject.isProcess()) {
            throw new NotApplicableException("the plugin runs in this process, which cannot be killed");
        }
        Session session = bench.open();
        inTheMiddle(session);
        session.kill();
        assertOnlyWhole(bench);
    }
}
