package dev.kloset.packaging.sbom;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Knows the names under which projects give common licences, and their identifiers in the list of SPDX. */
final class Licences {

    /** Lower case, without what projects write in different ways. */
    private static final Map<String, String> IDENTIFIERS = Map.ofEntries(
            Map.entry("apache 2.0", "Apache-2.0"), Map.entry("apache 2", "Apache-2.0"),
            Map.entry("apache software 2.0", "Apache-2.0"), Map.entry("apache-2.0", "Apache-2.0"),
            Map.entry("mit", "MIT"), Map.entry("mit-0", "MIT-0"), Map.entry("isc", "ISC"),
            Map.entry("bsd 2-clause", "BSD-2-Clause"), Map.entry("bsd-2-clause", "BSD-2-Clause"),
            Map.entry("bsd 3-clause", "BSD-3-Clause"), Map.entry("bsd-3-clause", "BSD-3-Clause"),
            Map.entry("eclipse public 1.0", "EPL-1.0"), Map.entry("eclipse public 2.0", "EPL-2.0"),
            Map.entry("eclipse public - v 1.0", "EPL-1.0"), Map.entry("eclipse public - v 2.0", "EPL-2.0"),
            Map.entry("epl-1.0", "EPL-1.0"), Map.entry("epl-2.0", "EPL-2.0"), Map.entry("epl 2.0", "EPL-2.0"),
            Map.entry("mozilla public 2.0", "MPL-2.0"), Map.entry("mpl-2.0", "MPL-2.0"),
            Map.entry("mpl 2.0", "MPL-2.0"),
            Map.entry("cc0", "CC0-1.0"), Map.entry("cc0-1.0", "CC0-1.0"), Map.entry("cddl 1.1", "CDDL-1.1"),
            Map.entry("lgpl-2.1-only", "LGPL-2.1-only"), Map.entry("lgpl-2.1-or-later", "LGPL-2.1-or-later"),
            Map.entry("lgpl-3.0-only", "LGPL-3.0-only"), Map.entry("gpl-2.0-only", "GPL-2.0-only"),
            Map.entry("unlicense", "Unlicense"), Map.entry("apache.org/licenses/license-2.0", "Apache-2.0"),
            Map.entry("opensource.org/licenses/apache-2.0", "Apache-2.0"),
            Map.entry("opensource.org/licenses/mit", "MIT"), Map.entry("opensource.org/license/mit", "MIT"),
            Map.entry("opensource.org/licenses/isc", "ISC"), Map.entry("opensource.org/license/isc", "ISC"),
            Map.entry("opensource.org/licenses/bsd-3-clause", "BSD-3-Clause"),
            Map.entry("eclipse.org/legal/epl-2.0", "EPL-2.0"), Map.entry("eclipse.org/legal/epl-v20", "EPL-2.0"));

    private Licences() {}

    /** {@return the licences as CycloneDX writes them} */
    static List<Map<String, Object>> tree(List<String> licences) {
        // The format allows an expression only by itself.
        if (licences.size() == 1 && licences.getFirst().contains(" WITH ")) {
            return List.of(Sbom.ordered("expression", licences.getFirst()));
        }
        return licences.stream().map(Licences::licence).toList();
    }

    private static Map<String, Object> licence(String name) {
        String identifier = IDENTIFIERS.get(plain(name));
        return Sbom.ordered("license", identifier == null ? Map.of("name", name) : Map.of("id", identifier));
    }

    private static String plain(String name) {
        if (name.matches("(?i)https?://.*")) {
            return name.toLowerCase(Locale.ROOT)
                    .replaceFirst("^https?://(www\\.)?", "")
                    .replaceFirst("(\\.txt|\\.html|\\.php|/)+$", "");
        }
        return name.toLowerCase(Locale.ROOT)
                .replaceAll("\\b(the|licen[cs]e|version|v(?=[0-9]))", " ")
                .replaceAll("[(),\"']", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
