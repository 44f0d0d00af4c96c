package dev.kloset.cli.drill;

import dev.kloset.cli.compare.CompareReport;
import dev.kloset.cli.compare.Difference;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.Json;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A certificate for people and for programs. */
final class CertificateText {

    private CertificateText() {}

    static List<String> lines(Certificate certificate) {
        List<String> lines = new ArrayList<>();
        lines.add("RESTORE DRILL  " + title(certificate));
        facts(certificate).forEach(
                (name, value) -> lines.add(String.format(Locale.ROOT, "  %-12s %s", name, HumanText.visible(value))));
        lines.add("  " + CompareReport.sentence(certificate.verdict()));
        certificate.differences().forEach(each -> lines.add("  " + CompareReport.line(each)));
        long more = certificate.verdict().count() - certificate.differences().size();
        if (more > 0) {
            lines.add("  and " + HumanText.count(more, "more difference", "more differences"));
        }
        return lines;
    }

    /** {@return the verdict in one sentence} */
    static String title(Certificate certificate) {
        return certificate.verdict().equal() ? "The restore equals the source" : "The restore differs from the source";
    }

    /** {@return what a reader wants to know beside the verdict, by name} */
    static Map<String, String> facts(Certificate certificate) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("source", certificate.source() + " on " + certificate.host());
        facts.put("restored to", certificate.destination());
        facts.put("begun", certificate.begun().truncatedTo(ChronoUnit.SECONDS).toString());
        List<String> times = new ArrayList<>();
        certificate.times().forEach((step, time) -> times.add(step + " " + HumanText.duration(time)));
        facts.put("took", String.join(", ", times));
        facts.putAll(certificate.versions());
        facts.put("snapshot", certificate.snapshot());
        facts.put("counts", CompareReport.words(certificate.verdict().a()));
        List<String> left = CompareReport.notCompared(certificate.verdict());
        facts.put("compared", left.isEmpty() ? "contents and all metadata" : "all but what follows");
        if (!left.isEmpty()) {
            facts.put("left out", String.join("; ", left));
        }
        return facts;
    }

    static Json json(Certificate certificate) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        certificate.times().forEach((step, time) -> seconds.put(step, seconds(time)));
        return CompareReport.json(certificate.verdict())
                .put("source", certificate.source())
                .put("destination", certificate.destination())
                .put("host", certificate.host())
                .put("begun", certificate.begun().toString())
                .put("versions", certificate.versions())
                .put("snapshot", certificate.snapshot())
                .put("seconds", seconds)
                .putObjects("found", certificate.differences().stream().map(CertificateText::map).toList());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static Map<String, String> map(Difference difference) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("path", difference.path());
        map.put("what", difference.what());
        map.put("a", difference.a());
        map.put("b", difference.b());
        return map;
    }
}
