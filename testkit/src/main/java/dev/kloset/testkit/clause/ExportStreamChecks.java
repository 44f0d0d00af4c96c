package dev.kloset.testkit.clause;

import static dev.kloset.testkit.contract.Clause.E01;
import static dev.kloset.testkit.contract.Clause.E02;
import static dev.kloset.testkit.contract.Clause.E08;
import static dev.kloset.testkit.contract.Clause.E09;
import static dev.kloset.testkit.contract.Clause.E10;
import static dev.kloset.testkit.contract.Clause.E11;
import static dev.kloset.testkit.contract.Clause.E17;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.ExportMessages;
import dev.kloset.testkit.connection.ExportRun;
import dev.kloset.testkit.connection.ExportRun.Result;
import dev.kloset.testkit.contract.Clause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The clauses of family E about the stream of an export. */
final class ExportStreamChecks {

    private static final byte[] SOME = "some bytes\n".getBytes(StandardCharsets.UTF_8);
    private static final Duration HELD_BACK = Duration.ofMillis(500);

    private ExportStreamChecks() {}

    static void addTo(Map<Clause, Check> checks) {
        checks.put(E01, ExportStreamChecks::answersEveryRecordOnce);
        checks.put(E02, ExportStreamChecks::waitsForHalfClose);
        checks.put(E08, ExportStreamChecks::goesOnAfterAFailure);
        checks.put(E09, ExportStreamChecks::answersWhatCannotBeRestored);
        checks.put(E10, ExportStreamChecks::waitsForNoChunks);
        checks.put(E11, ExportStreamChecks::takesNothing);
        checks.put(E17, ExportStreamChecks::fillsResults);
    }

    private static ExportRun ordinary(CheckContext context) throws Exception {
        return new ExportRun(context.open()).root()
                .send(ExportMessages.directory("/dir", "dir"))
                .file("/dir/one", SOME)
                .file("/dir/two", new byte[200_000])
                .send(ExportMessages.link("/link", "dir/one"))
                .file("/three", SOME);
    }

    private static void answersEveryRecordOnce(CheckContext context) throws Exception {
        try (ExportRun run = ordinary(context)) {
            List<String> paths = run.end().stream().map(Result::pathname).sorted().toList();
            List<String> expected = List.of("/", "/dir", "/dir/one", "/dir/two", "/link", "/three");
            if (!paths.equals(expected)) {
                throw new ClauseFailedException("one result for each of " + expected, "results for " + paths);
            }
        }
    }

    private static void waitsForHalfClose(CheckContext context) throws Exception {
        try (ExportRun run = ordinary(context)) {
            if (run.endsBy(HELD_BACK)) {
                throw new ClauseFailedException("a stream that stays open until the half-close", "its end before");
            }
            run.end();
        }
    }

    private static void goesOnAfterAFailure(CheckContext context) throws Exception {
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().file("/plain", SOME).file("/plain/below", SOME).file("/after", SOME).end();
            Result after = run.result("/after")
                    .orElseThrow(() -> new ClauseFailedException("a result for the file after the failure", "none"));
            if (!after.error().isEmpty()) {
                throw new ClauseFailedException("success for the file after the failure", after.error());
            }
        }
    }

    private static void answersWhatCannotBeRestored(CheckContext context) throws Exception {
        try (ExportRun run = new ExportRun(context.open())) {
            run.root()
                    .send(ExportMessages.error("/unreadable"))
                    .send(ExportMessages.pipe("/pipe"))
                    .file("/file", SOME)
                    .send(ExportMessages.attribute("/file", "user.check"))
                    .end();
            for (String path : List.of("/unreadable", "/pipe")) {
                if (run.result(path).isEmpty()) {
                    throw new ClauseFailedException("a result for " + path, "none");
                }
            }
            long ofFile = run.results().stream().filter(result -> result.pathname().equals("/file")).count();
            if (ofFile != 2) {
                throw new ClauseFailedException("a result for /file and one for its attribute", ofFile + " results");
            }
        }
    }

    private static void waitsForNoChunks(CheckContext context) throws Exception {
        try (ExportRun run = new ExportRun(context.open())) {
            run.root().send(ExportMessages.fileWithoutContent("/bare")).file("/after", SOME).end();
            if (run.result("/bare").isEmpty() || run.result("/after").isEmpty()) {
                throw new ClauseFailedException("results for /bare and /after", "results for "
                        + run.results().stream().map(Result::pathname).toList());
            }
        }
    }

    private static void takesNothing(CheckContext context) throws Exception {
        try (ExportRun run = new ExportRun(context.open())) {
            List<Result> results = run.end();
            if (!results.isEmpty()) {
                throw new ClauseFailedException("no result", results.size() + " results");
            }
        }
    }

    /** The type of the exception says which clause is to blame. */
    private static void fillsResults(CheckContext context) throws Exception {
        try (ExportRun run = ordinary(context)) {
            run.end();
            run.assertResults();
        }
    }
}
