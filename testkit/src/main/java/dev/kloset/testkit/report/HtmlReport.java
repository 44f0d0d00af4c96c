package dev.kloset.testkit.report;

import dev.kloset.testkit.Clause;
import dev.kloset.testkit.ClauseResult;
import dev.kloset.testkit.Conformance;
import dev.kloset.testkit.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** One file to show to others: needs no network, no script, and prints well. */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * {@return the page}
     *
     * @param when is printed as the date of the check
     */
    public static String of(Conformance result, Instant when) {
        StringBuilder html = new StringBuilder();
        String title = "Conformance of " + result.subject();
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Markup.escape(title))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n");
        header(html, result, when);
        failures(html, result);
        for (Clause.Family family : Clause.Family.values()) {
            family(html, family, result.results().stream().filter(each -> each.clause().family() == family).toList());
        }
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"),
                "report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the style of the report", e);
        }
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
        count(html, "passed", result.count(Outcome.Passed.class));
        count(html, "failed", result.failures().size());
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
            html.append("<section class=\"failure\">\n<h2>")
                    .append(each.clause().id())
                    .append(" <span>")
                    .append(Markup.escape(each.clause().rule()))
                    .append("</span></h2>\n<dl>\n");
            pair(html, "why it matters", each.clause().reason());
            pair(html, "expected", failed.expected());
            pair(html, "seen", failed.seen());
            html.append("</dl>\n</section>\n");
        }
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
        html.append("<tr class=\"")
                .append(word.replace(' ', '-'))
                .append("\"><td class=\"id\">")
                .append(each.clause().id())
                .append("</td><td>")
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

    /** {@return one word, or two, for an outcome} */
    public static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Passed _ -> "passed";
            case Outcome.Failed _ -> "failed";
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
