package dev.kloset.packaging.sbom;

import java.util.Optional;

/** Where a library comes from, in the words of Maven. */
record Coordinates(String group, String artifact, String version) {

    static Optional<Coordinates> parse(String text) {
        String[] parts = text.split(":", -1);
        return parts.length == 3 && !parts[0].isEmpty() && !parts[1].isEmpty()
                ? Optional.of(new Coordinates(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    String purl() {
        return "pkg:maven/" + group + "/" + artifact + (version.isEmpty() ? "" : "@" + version) + "?type=jar";
    }
}
