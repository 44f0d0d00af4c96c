package dev.kloset.interop;

import dev.kloset.testkit.contract.Clause;
import java.util.Map;
import java.util.Set;

/** Why plugins of the Go SDK break a clause. Each cause was found in their sources and confirmed to be theirs. */
final class Explanations {

    private static final Map<Clause, String> GO_SDK = Map.of(
            Clause.L02,
            "The Go SDK v1.1.0 calls the connector without checking that there is one: a nil dereference ends "
                    + "the process.",
            Clause.L03, "The Go SDK v1.1.0 makes a second connector and forgets the first without closing it.",
            Clause.L04,
            "The Go SDK v1.1.0 reads the options without checking that they were sent: a nil dereference ends "
                    + "the process.",
            Clause.L16,
            "An error of the connector repeats the location with its password, and the Go SDK v1.1.0 passes it on as it is.",
            Clause.S09,
            "The Go SDK v1.1.0 converts the bytes to an array of 32: shorter ones end the process, longer ones are "
                    + "cut.",
            Clause.S23, "The Go SDK v1.1.0 ends the call as soon as the store returns, without reading the rest.");

    private static final Map<String, String> PLUGINS = Map.ofEntries(
            Map.entry("GOFS_EXPORTER L05",
                    "The connector treats a missing location as an empty one, which is the current directory."),
            Map.entry("GOFS_EXPORTER E10",
                    "The connector reads from the reader of every regular file, and there is none: a nil "
                            + "dereference ends the process. Plakar v1.1.4 sends no such record."),
            Map.entry("GOFS_STORE L05",
                    "The connector treats a missing location as an empty one, which is the current directory."),
            Map.entry("GOFS_STORE S14", "The store reports that there is no such file."),
            Map.entry("GOFS_STORE S22",
                    "This is the very store that is built into Plakar, so the name is right there and wrong in "
                            + "a plugin."),
            Map.entry("GOTAR_IMPORTER I03",
                    "The connector keeps the context of Init, which the Go SDK cancels when Init has "
                            + "been answered, so the import ends after its first records. Inside Plakar, where it is built in, the "
                            + "context lives as long as the command."),
            Map.entry("GOFS_EXPORTER E07",
                    "The connector compares pathnames as texts and then follows a link that it made "
                            + "itself. The kloset v1.1.3 in Plakar v1.1.4 sends such records; later ones refuse to."),
            Map.entry("GOSTDIO_IMPORTER I26",
                    "The time of the file and of its directories is the moment of the import."),
            Map.entry("GOSTDIO_IMPORTER I28",
                    "The location only gives the file a name, so there is no place that could be "
                            + "missing: a difference, not a mistake."),
            Map.entry("GOSTDIO_EXPORTER L05",
                    "The connector treats a missing location as an empty one, which is all it needs."),
            Map.entry("GOSTDIO_EXPORTER E11",
                    "The connector never closes its channel of results, for which the Go SDK waits."),
            Map.entry("GOSTDIO_IMPORTER L05",
                    "The connector treats a missing location as an empty one, which is the root."));

    private static final String NO_STDIN = "The connector reads from the standard input that its options name, and the Go SDK "
            + "sets none, because a plugin's standard input is the protocol: the first Open ends the process.";
    private static final String NO_STDOUT = "The connector writes to the standard output that its options name, and the Go SDK "
            + "sets none, because a plugin's standard output is the protocol: the first file ends the process.";
    private static final Set<Clause> CONTENT = Set.of(Clause.I16, Clause.I17, Clause.I18, Clause.I19, Clause.I20,
            Clause.I21,
            Clause.I23);
    private static final Set<Clause> FILES = Set.of(Clause.T14, Clause.E01, Clause.E02, Clause.E03, Clause.E04,
            Clause.E05, Clause.E06, Clause.E07, Clause.E08, Clause.E09, Clause.E10, Clause.E12, Clause.E13, Clause.E14,
            Clause.E15, Clause.E16, Clause.E17, Clause.E18);

    private Explanations() {}

    /** {@return a sentence or two; empty if there is no explanation yet} */
    static String of(Checked plugin, Clause clause) {
        String own = PLUGINS.get(plugin.name() + " " + clause.id());
        if (plugin == Checked.GOSTDIO_IMPORTER && CONTENT.contains(clause)) {
            return NO_STDIN;
        }
        if (plugin == Checked.GOSTDIO_EXPORTER && FILES.contains(clause)) {
            return NO_STDOUT;
        }
        return own != null ? own : GO_SDK.getOrDefault(clause, "");
    }
}
