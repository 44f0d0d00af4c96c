package dev.kloset.testkit;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.CleanUp;
import dev.kloset.testkit.connection.ExportRun;
import dev.kloset.testkit.connection.RunContext;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Counterexample;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.property.ArbitraryBytes;
import dev.kloset.testkit.property.ArbitraryEntry;
import dev.kloset.testkit.property.ArbitraryName;
import dev.kloset.testkit.property.ArbitraryTree;
import dev.kloset.testkit.property.EntrySnapshot;
import dev.kloset.testkit.property.FileSystemCapabilities;
import dev.kloset.testkit.property.ImportedTree;
import dev.kloset.testkit.property.Property;
import dev.kloset.testkit.subject.Subject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Restores arbitrary trees with an exporter, reads them with an importer, and compares. Every tree has a directory and two
 * processes of its own, and is removed completely.
 */
public final class RoundTrip {

    /** A subject with smaller windows gets smaller contents, because large ones take long there. */
    private static final int ORDINARY_WINDOW = 64 * 1024;
    private static final int SMALL = 70_000;
    private static final int LARGE = 1_100_000;
    private static final int CHUNK = 256 * 1024;

    private final Subject exporter;
    private final CheckSettings destination;
    private final Subject importer;
    private final Map<String, String> source;
    private final Set<PreservedAttribute> kept;

    /**
     * A round trip from an exporter to an importer that reads what the exporter wrote.
     *
     * @param destination where the exporter writes and how patient to be; {@code {temp}} must be in it
     * @param source the configuration of the importer, {@code {temp}} being the same directory
     * @param kept the attributes that must come back
     */
    public RoundTrip(Subject exporter, CheckSettings destination, Subject importer, Map<String, String> source,
            Set<PreservedAttribute> kept) {
        this.exporter = exporter;
        this.destination = destination;
        this.importer = importer;
        this.source = Map.copyOf(source);
        this.kept = Set.copyOf(kept);
    }

    /** {@return the smallest tree found that does not come back as it was; empty if all {@code rounds} trees come back} */
    public Optional<Counterexample> search(long firstSeed, int rounds) throws Exception {
        FileSystemCapabilities capabilities = FileSystemCapabilities.of(destination.temporaries());
        Set<PreservedAttribute> compared = EnumSet.noneOf(PreservedAttribute.class);
        compared.addAll(kept);
        if (!capabilities.hasAttributes()) {
            compared.remove(PreservedAttribute.EXTENDED_ATTRIBUTES);
        }
        boolean isNarrow = exporter.windowBytes() < ORDINARY_WINDOW;
        var rules = new ArbitraryTree.Rules(compared, capabilities.own(), isNarrow ? SMALL : LARGE,
                exporter.windowBytes());
        return new Property<>(sequence -> ArbitraryTree.of(sequence, rules), tree -> tryOne(tree, compared))
                .search(firstSeed, rounds);
    }

    private void tryOne(ArbitraryTree tree, Set<PreservedAttribute> compared) throws Exception {
        RunContext runContext = new RunContext(exporter, destination);
        try {
            Path place;
            try (CheckContext context = new CheckContext(runContext)) {
                place = context.place();
                export(context, tree);
            }
            Map<String, String> config = new HashMap<>(source);
            config.replaceAll((key, value) -> value.replace(CheckSettings.TEMP, place.toString()));
            CheckSettings settings = CheckSettings.builder(Kind.IMPORTER, config)
                    .hungAfter(destination.hungAfter())
                    .build();
            try (CheckContext context = new CheckContext(new RunContext(importer, settings))) {
                compare(tree.looks(), new ImportedTree(context).looks(), compared);
            }
        } finally {
            new CleanUp(runContext).run();
        }
    }

    private static void export(CheckContext context, ArbitraryTree tree) throws Exception {
        try (ExportRun run = new ExportRun(context.open())) {
            for (ArbitraryEntry entry : tree.entries()) {
                run.send(entry.message());
                if (entry.mode().isRegular()) {
                    content(run, entry.content().bytes());
                }
                for (Map.Entry<String, ArbitraryBytes> attribute : entry.attributes().entrySet()) {
                    run.send(entry.attribute(attribute.getKey()));
                    content(run, attribute.getValue().bytes());
                }
            }
            for (ExportRun.Result result : run.end()) {
                if (!result.error().isEmpty()) {
                    throw new ClauseFailedException("success for " + ArbitraryName.quoted(result.pathname()),
                            "the error: " + result.error());
                }
            }
        }
    }

    private static void content(ExportRun run, byte[] bytes) throws Exception {
        for (int at = 0; at < bytes.length; at += CHUNK) {
            run.chunk(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + CHUNK)));
        }
        run.chunk(new byte[0]);
    }

    private static void compare(Map<String, EntrySnapshot> made, Map<String, EntrySnapshot> seen,
            Set<PreservedAttribute> kept)
            throws ClauseFailedException {
        Map<String, String> expected = words(made, kept);
        Map<String, String> found = words(seen, kept);
        for (Map.Entry<String, String> entry : expected.entrySet()) {
            String other = found.getOrDefault(entry.getKey(), "nothing of that name");
            if (!other.equals(entry.getValue())) {
                throw new ClauseFailedException(ArbitraryName.quoted(entry.getKey()) + " as " + entry.getValue(),
                        other);
            }
        }
        for (Map.Entry<String, String> entry : found.entrySet()) {
            if (!expected.containsKey(entry.getKey())) {
                throw new ClauseFailedException("nothing that was not restored",
                        ArbitraryName.quoted(entry.getKey()) + " as " + entry.getValue());
            }
        }
    }

    private static Map<String, String> words(Map<String, EntrySnapshot> looks, Set<PreservedAttribute> kept) {
        Map<String, String> words = new TreeMap<>();
        looks.forEach((pathname, look) -> {
            if (!look.mode().isDirectory() || kept.contains(PreservedAttribute.DIRECTORIES)) {
                words.put(pathname, look.words(kept));
            }
        });
        return words;
    }
}
