package dev.kloset.cli.drill;

import dev.kloset.cli.compare.CompareReport;
import dev.kloset.cli.compare.Difference;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.testkit.report.Markup;

/** A certificate as one HTML file that needs no network. */
final class CertificatePage {

    private CertificatePage() {}

    static String of(Certificate certificate) {
        StringBuilder html = new StringBuilder(Markup.page("Restore drill of " + certificate.source()));
        html.append("<header class=\"")
                .append(certificate.verdict().equal() ? "good" : "bad")
                .append("\">\n<p class=\"kind\">restore drill</p>\n<h1>")
                .append(Markup.escape(certificate.source()))
                .append("</h1>\n<p class=\"verdict\">")
                .append(Markup.escape(CertificateText.title(certificate)))
                .append("</p>\n<p>")
                .append(Markup.escape(CompareReport.sentence(certificate.verdict())))
                .append("</p>\n</header>\n<section>\n<dl>\n");
        CertificateText.facts(certificate)
                .forEach((name, value) -> html.append("<dt>")
                        .append(Markup.escape(name))
                        .append("</dt><dd>")
                        .append(Markup.escape(value))
                        .append("</dd>\n"));
        html.append("</dl>\n</section>\n");
        differences(html, certificate);
        return html.append(Markup.end()).toString();
    }

    private static void differences(StringBuilder html, Certificate certificate) {
        if (certificate.differences().isEmpty()) {
            return;
        }
        html.append("<section class=\"failure\">\n<h2>Differences</h2>\n<table>\n");
        for (Difference difference : certificate.differences()) {
            html.append("<tr><td>")
                    .append(Markup.escape(HumanText.visible(difference.path())))
                    .append("</td><td>")
                    .append(Markup.escape(HumanText.visible(difference.words())))
                    .append("</td></tr>\n");
        }
        html.append("</table>\n");
        long more = certificate.verdict().count() - certificate.differences().size();
        if (more > 0) {
            html.append("<p>And ").append(HumanText.count(more, "more", "more")).append(".</p>\n");
        }
        html.append("</section>\n");
    }
}
