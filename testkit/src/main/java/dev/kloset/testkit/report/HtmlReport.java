package dev.kloset.testkit.report;

import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.contract.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** One HTML file to share with others: it needs no network and no script, and prints well. */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * {@return the page}
     *
     * @param when the date of the check to print
     */
    public static String of(Conformance result, Instant when) {
        StringBuilder html = new StringBuilder();
        String title = "Conformance of " + result.subject();
        html.append(Markup.page(title));
        header(html, result, when);
        failures(html, result);
        for (Clause.Family family : Clause.Family.values()) {
            family(html, family, result.results().stream().filter(each -> each.clause().family() == family).toList());
        }
        return html.append(Markup.end()).toString();
    }

    private static void header(StringBuilder html, Conformance result, Instant when) {
        boolean good = result.failures().isEmpty();
        html.append("<header class=\"")
                .append(good ? "good" : "bad")
                .append("\">\n<p class=\"kind\">")
                .append(result.kind().manifestType())
                .append("</p>\n<h1>")
                .append(Markup.escape(result.subject()))
                .append("</h1>\n<p>")
                .append(Markup.escape(result.identity()))
                .append("</p>\n<p class=\"verdict\">")
                .append(good
                        ? "Keeps every clause of the plugin contract that was checked."
                        : words(result.failures().size(), "clause", "clauses") + " of the plugin contract broken.")
                .append("</p>\n<ul class=\"counts\">\n");
        count(html, "kept", result.count(Outcome.Passed.class));
        count(html, "broken", result.failures().size());
        count(html, "waived", result.count(Outcome.Waived.class));
        count(html, "not applicable", result.count(Outcome.NotApplicable.class));
        html.append(String.format(Locale.ROOT, "</ul>%n<p class=\"when\">%s, %.1f s</p>%n</header>%n",
                when.truncatedTo(ChronoUnit.SECONDS), result.time().toMillis() / 1000.0));
    }

    private static String words(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static void count(StringBuilder html, String word, long count) {
        html.append("<li class=\"")
                .append(word.replace(' ', '-'))
                .append(count == 0 ? " none" : "")
                .append("\"><b>")
                .append(count)
                .append("</b> ")
                .append(word)
                .append("</li>\n");
    }

    private static void failures(StringBuilder html, Conformance result) {
        for (ClauseResult each : result.failures()) {
            Outcome.Failed failed = (Outcome.Failed) each.outcome();
            html.append("<section class=\"failure\">\n<h2>");
            link(html, each.clause());
            html.append(" <span>")
                    .append(Markup.escape(each.clause().rule()))
                    .append("</span></h2>\n<dl>\n");
            pair(html, "why it matters", each.clause().reason());
            pair(html, "expected", failed.expected());
            pair(html, "seen", failed.seen());
            html.append("</dl>\n</section>\n");
        }
    }

    /** Name a clause, with a link to its row: the address of the report with the id at its end is that of the clause. */
    private static void link(StringBuilder html, Clause clause) {
        html.append("<a href=\"#").append(clause.id()).append("\">").append(clause.id()).append("</a>");
    }

    private static void pair(StringBuilder html, String term, String text) {
        html.append("<dt>").append(term).append("</dt><dd>").append(Markup.escape(text)).append("</dd>\n");
    }

    private static void family(StringBuilder html, Clause.Family family, List<ClauseResult> results) {
        if (results.isEmpty()) {
            return;
        }
        html.append("<section>\n<h2>").append(family.title()).append("</h2>\n<table>\n");
        for (ClauseResult each : results) {
            row(html, each);
        }
        html.append("</table>\n</section>\n");
    }

    private static void row(StringBuilder html, ClauseResult each) {
        String word = word(each.outcome());
        html.append("<tr id=\"")
                .append(each.clause().id())
                .append("\" class=\"")
                .append(word.replace(' ', '-'))
                .append("\"><td class=\"id\">");
        link(html, each.clause());
        html.append("</td><td>")
                .append(Markup.escape(each.clause().rule()));
        String remark = remark(each.outcome());
        if (!remark.isEmpty()) {
            html.append("<br><small>").append(Markup.escape(remark)).append("</small>");
        }
        for (String note : each.notes()) {
            html.append("<br><small>").append(Markup.escape(note)).append("</small>");
        }
        html.append("</td><td class=\"outcome\">").append(word).append("</td></tr>\n");
    }

    /** {@return one or two words for an outcome} */
    public static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Passed _ -> "kept";
            case Outcome.Failed _ -> "broken";
            case Outcome.Waived _ -> "waived";
            case Outcome.NotApplicable _ -> "not applicable";
        };
    }

    private static String remark(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Passed _ -> "";
            case Outcome.Failed failed -> "seen: " + failed.seen();
            case Outcome.Waived waived -> waived.reason() + " (seen: " + waived.failure().seen() + ")";
            case Outcome.NotApplicable none -> none.reason();
        };
    }
}
