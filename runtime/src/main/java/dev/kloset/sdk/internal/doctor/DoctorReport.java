package dev.kloset.sdk.internal.doctor;

import dev.kloset.internal.JsonWriter;
import dev.kloset.sdk.internal.doctor.Finding.Result;
import dev.kloset.sdk.internal.log.SecretRedactor;
import dev.kloset.sdk.internal.service.ConnectorRegistry.Entry;
import dev.kloset.sdk.internal.version.Versions;
import java.util.List;
import java.util.stream.Collectors;

/** Reports a doctor's findings to a person or to a script. */
final class DoctorReport {

    private DoctorReport() {}

    /**
     * The findings at one connector.
     *
     * @param location without user and password
     */
    record Visit(Entry connector, String location, List<Finding> findings) {

        Visit {
            findings = List.copyOf(findings);
            location = SecretRedactor.ofThisProcess().hide(location);
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

    static String json(Versions versions, List<Visit> visits) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.to(out).object();
        json.name("plugin").value(versions.name());
        json.name("version").value(versions.plugin());
        json.name("sdk").text(versions.sdk());
        json.name("java").text(versions.java());
        json.name("healthy").truth(visits.stream().allMatch(Visit::healthy));
        json.name("connectors").array();
        visits.forEach(visit -> write(json, visit));
        json.endArray().endObject();
        return out.append('\n').toString();
    }

    private static void write(JsonWriter json, Visit visit) {
        json.object();
        json.name("kind").text(visit.connector().kind().manifestType());
        json.name("location").text(visit.location());
        json.name("healthy").truth(visit.healthy());
        json.name("steps").array();
        visit.findings().forEach(finding -> write(json, finding));
        json.endArray().endObject();
    }

    private static void write(JsonWriter json, Finding finding) {
        json.object();
        json.name("step").text(finding.step());
        json.name("result").text(finding.result().word());
        json.name("detail").text(finding.detail());
        json.endObject();
    }
}
