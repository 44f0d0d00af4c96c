package dev.kloset.testkit.report;

import dev.kloset.testkit.ClauseResult;
import dev.kloset.testkit.Conformance;
import dev.kloset.testkit.Outcome;
import java.time.Duration;
import java.util.Locale;

/** The XML that build servers read: a test case for every clause; waived and inapplicable ones are skipped tests. */
public final class JunitReport {

    private JunitReport() {}

    /** {@return the results as XML in the form that build servers read} */
    public static String of(Conformance result) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        long skipped = result.count(Outcome.Waived.class) + result.count(Outcome.NotApplicable.class);
        xml.append(String.format(Locale.ROOT,
                "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"%s\">%n",
                Markup.escape("kloset check " + result.kind().manifestType() + " " + result.subject()),
                result.results().size(), result.failures().size(), skipped, seconds(result.time())));
        for (ClauseResult each : result.results()) {
            testCase(xml, result, each);
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static void testCase(StringBuilder xml, Conformance result, ClauseResult each) {
        xml.append(String.format(Locale.ROOT, "  <testcase classname=\"kloset.%s\" name=\"%s\" time=\"%s\">%n",
                result.kind().manifestType(), Markup.escape(each.clause().id() + " " + each.clause().rule()),
                seconds(each.time())));
        switch (each.outcome()) {
            case Outcome.Passed _ -> {
            }
            case Outcome.Failed failed -> xml.append("    <failure message=\"")
                    .append(Markup.escape("expected " + failed.expected() + ", seen " + failed.seen()))
                    .append("\">")
                    .append(Markup.escape(each.clause().reason()))
                    .append("</failure>\n");
            case Outcome.Waived waived -> skipped(xml, "waived: " + waived.reason() + " (seen: "
                    + waived.failure().seen() + ")");
            case Outcome.NotApplicable none -> skipped(xml, none.reason());
        }
        if (!each.notes().isEmpty()) {
            xml.append("    <system-out>")
                    .append(Markup.escape(String.join("\n", each.notes())))
                    .append("</system-out>\n");
        }
        xml.append("  </testcase>\n");
    }

    private static void skipped(StringBuilder xml, String why) {
        xml.append("    <skipped message=\"").append(Markup.escape(why)).append("\"/>\n");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }
}
