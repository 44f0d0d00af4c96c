package dev.kloset.cli.check;

import dev.kloset.cli.shell.Json;
import dev.kloset.cli.shell.Terminal;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.contract.Outcome;
import dev.kloset.testkit.report.HtmlReport;
import java.io.IOException;

/** The results of a check for scripts: one line per clause, and one for the whole check. */
final class CheckJson implements CheckOutput {

    private final Terminal terminal;

    CheckJson(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void progress(ClauseResult result) {
        if (terminal.showsStatus()) {
            terminal.status("checking " + result.clause().id());
        }
    }

    @Override
    public void finish(Conformance result) throws IOException {
        for (ClauseResult each : result.results()) {
            terminal.print(line(each).toString());
        }
        terminal.print(Json.object()
                .put("subject", result.subject())
                .put("kind", result.kind().manifestType())
                .put("identity", result.identity())
                .put("kept", result.count(Outcome.Passed.class))
                .put("broken", result.failures().size())
                .put("waived", result.count(Outcome.Waived.class))
                .put("notApplicable", result.count(Outcome.NotApplicable.class))
                .put("seconds", result.time().toMillis() / 1000.0)
                .put("left", result.left())
                .toString());
    }

    private static Json line(ClauseResult each) {
        Json json = Json.object()
                .put("clause", each.clause().id())
                .put("rule", each.clause().rule())
                .put("outcome", HtmlReport.word(each.outcome()));
        switch (each.outcome()) {
            case Outcome.Passed _ -> {
            }
            case Outcome.Failed failed -> json.put("expected", failed.expected()).put("seen", failed.seen());
            case Outcome.Waived waived -> json.put("reason", waived.reason())
                    .put("expected", waived.failure().expected())
                    .put("seen", waived.failure().seen());
            case Outcome.NotApplicable none -> json.put("reason", none.reason());
        }
        return json.put("seconds", each.time().toMillis() / 1000.0).put("notes", each.notes());
    }
}
