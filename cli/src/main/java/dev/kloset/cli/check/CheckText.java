package dev.kloset.cli.check;

import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.Terminal;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.contract.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of a check for people: broken clauses in full, the others in one line per family. In colour on a terminal. */
final class CheckText implements CheckOutput {

    private static final String RED = "\u001B[31m";
    private static final String GREEN = "\u001B[32m";
    private static final String YELLOW = "\u001B[33m";
    private static final String BOLD = "\u001B[1m";
    private static final String PLAIN = "\u001B[0m";
    private static final int WIDTH = 100;

    private final Terminal terminal;
    private int done;
    private int failed;

    CheckText(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void progress(ClauseResult result) {
        done++;
        failed += result.failed() ? 1 : 0;
        if (terminal.showsStatus()) {
            terminal.status(done + " clauses checked, " + failed + " broken; now at " + result.clause().id());
        }
    }

    @Override
    public void finish(Conformance result) throws IOException {
        print(coloured(BOLD, result.kind().manifestType() + " " + HumanText.visible(result.subject())));
        print("  " + HumanText.visible(result.identity()));
        print("");
        for (Clause.Family family : Clause.Family.values()) {
            family(family, result.results().stream().filter(each -> each.clause().family() == family).toList());
        }
        for (ClauseResult each : result.results()) {
            detail(each);
        }
        remarks(result);
        print("");
        print(verdict(result));
    }

    private void print(String line) throws IOException {
        terminal.print(line);
    }

    private String coloured(String colour, String text) {
        return terminal.isWatched() ? colour + text + PLAIN : text;
    }

    private void family(Clause.Family family, List<ClauseResult> results) throws IOException {
        if (results.isEmpty()) {
            return;
        }
        print(String.format(Locale.ROOT, "  %-20s %s", family.title(), String.join(", ", counts(results))));
    }

    private List<String> counts(List<ClauseResult> results) {
        List<String> words = new ArrayList<>();
        count(words, results, Outcome.Failed.class, RED, "broken");
        count(words, results, Outcome.Passed.class, GREEN, "kept");
        count(words, results, Outcome.Waived.class, YELLOW, "waived");
        count(words, results, Outcome.NotApplicable.class, PLAIN, "not applicable");
        return words;
    }

    private void count(List<String> words, List<ClauseResult> results, Class<? extends Outcome> type, String colour,
            String word) {
        long count = results.stream().filter(each -> type.isInstance(each.outcome())).count();
        if (count > 0) {
            words.add(coloured(colour, count + " " + word));
        }
    }

    private void detail(ClauseResult each) throws IOException {
        String heading = each.clause().id() + "  " + each.clause().rule();
        switch (each.outcome()) {
            case Outcome.Failed broken -> {
                print("");
                print(coloured(RED, "BROKEN  " + heading));
                pair("why", each.clause().reason());
                pair("expected", broken.expected());
                pair("seen", broken.seen());
            }
            case Outcome.Waived waived -> {
                print("");
                print(coloured(YELLOW, "WAIVED  " + heading));
                pair("because", waived.reason());
                pair("seen", waived.failure().seen());
            }
            case Outcome.Passed _,Outcome.NotApplicable _ -> {
            }
        }
    }

    private void pair(String term, String text) throws IOException {
        String indent = "        ";
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%s%-9s", indent, term));
        for (String word : HumanText.visible(text).split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH && line.length() > indent.length() + 10) {
                print(line.toString());
                line.setLength(0);
                line.append(indent).append(" ".repeat(9));
            }
            line.append(' ').append(word);
        }
        print(line.toString());
    }

    private void remarks(Conformance result) throws IOException {
        List<String> remarks = new ArrayList<>();
        for (ClauseResult each : result.results()) {
            if (each.outcome() instanceof Outcome.NotApplicable none && each.clause().isChecked()) {
                remarks.add(each.clause().id() + " not applicable: " + none.reason());
            }
            each.notes().forEach(note -> remarks.add(each.clause().id() + " " + note));
        }
        remarks.addAll(result.left());
        if (!remarks.isEmpty()) {
            print("");
            for (String remark : remarks) {
                print("  " + HumanText.visible(remark));
            }
        }
    }

    private String verdict(Conformance result) {
        String time = HumanText.duration(result.time());
        if (result.failures().isEmpty()) {
            return coloured(GREEN, "All clauses kept") + ": " + String.join(", ", counts(result.results())) + " in "
                    + time;
        }
        List<String> ids = result.failures().stream().map(each -> each.clause().id()).toList();
        return coloured(RED, HumanText.count(ids.size(), "clause", "clauses") + " broken") + ": "
                + String.join(" ", ids)
                + "; " + String.join(", ", counts(result.results())) + " in " + time;
    }
}
