package dev.kloset.sdk;

import dev.kloset.sdk.Finding.Result;
import dev.kloset.sdk.Offering.Offered;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a doctor has found, to a person or to a script. */
final class DoctorReport {

    private DoctorReport() {}

    /**
     * What was found at one connector.
     *
     * @param location without user and password
     */
    record Visit(Offered connector, String location, List<Finding> findings) {

        Visit {
            findings = List.copyOf(findings);
            location = HiddenSecrets.ofThisProcess().hide(location);
        }

        boolean healthy() {
            return findings.stream().noneMatch(finding -> finding.result() == Result.FAILED);
        }

        String name() {
            return connector.kind().manifestType() + " " + location;
        }
    }

    static String text(Visit visit) {
        return visit.name() + "\n" + visit.findings().stream().map(DoctorReport::line).collect(Collectors.joining());
    }

    private static String line(Finding finding) {
        return "  %-11s  %s%s%n".formatted(finding.result().words(), finding.step(),
                finding.detail().isEmpty() ? "" : ": " + finding.detail());
    }

    static String summary(List<Visit> visits) {
        String sick = visits.stream()
                .filter(visit -> !visit.healthy())
                .map(Visit::name)
                .collect(Collectors.joining(", "));
        boolean gaps = visits.stream()
                .flatMap(visit -> visit.findings().stream())
                .anyMatch(finding -> finding.result() == Result.NOT_CHECKED);
        return sick.isEmpty()
                ? "Nothing failed" + (gaps ? "; what was not checked may still be wrong.\n" : ".\n")
                : "Not well: " + sick + "\n";
    }

    static String json(@Nullable String name, List<Visit> visits) {
        return "{\"plugin\":" + About.quoted(name) + ",\"healthy\":" + visits.stream().allMatch(Visit::healthy)
                + ",\"connectors\":["
                + visits.stream().map(DoctorReport::object).collect(Collectors.joining(",")) + "]}\n";
    }

    private static String object(Visit visit) {
        return "{\"type\":" + About.quoted(visit.connector().kind().manifestType()) + ",\"location\":"
                + About.quoted(visit.location()) + ",\"healthy\":" + visit.healthy() + ",\"steps\":["
                + visit.findings().stream().map(DoctorReport::object).collect(Collectors.joining(",")) + "]}";
    }

    private static String object(Finding finding) {
        return "{\"step\":" + About.quoted(finding.step()) + ",\"result\":" + About.quoted(finding.result().word())
                + ",\"detail\":" + About.quoted(finding.detail()) + "}";
    }
}
