package dev.kloset.testkit;

import dev.kloset.Plugin.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Restores arbitrary trees with an exporter, reads them with an importer, and compares. Every tree has a place and two
 * processes of its own; nothing of it is left.
 */
public final class RoundTrip {

    /** Where a subject's windows are smaller, contents are as well: they take long there. */
    private static final int ORDINARY_WINDOW = 64 * 1024;
    private static final int SMALL = 70_000;
    private static final int LARGE = 1_100_000;
    private static final int CHUNK = 256 * 1024;

    private final Subject exporter;
    private final CheckSettings destination;
    private final Subject importer;
    private final Map<String, String> source;
    private final Set<Kept> kept;

    /**
     * From an exporter to an importer of what it wrote.
     *
     * @param destination where the exporter writes and how patient to be; {@code {temp}} must be in it
     * @param source the configuration of the importer, {@code {temp}} being the same directory
     * @param kept what comes back
     */
    public RoundTrip(Subject exporter, CheckSettings destination, Subject importer, Map<String, String> source,
            Set<Kept> kept) {
        this.exporter = exporter;
        this.destination = destination;
        this.importer = importer;
        this.source = Map.copyOf(source);
        this.kept = Set.copyOf(kept);
    }

    /** {@return the smallest tree that was found not to come back as it was, if any of {@code rounds} trees does not} */
    public Optional<Counterexample> search(long firstSeed, int rounds) throws Exception {
        Places places = Places.of(destination.temporaries());
        Set<Kept> compared = EnumSet.noneOf(Kept.class);
        compared.addAll(kept);
        if (!places.hasAttributes()) {
            compared.remove(Kept.EXTENDED_ATTRIBUTES);
        }
        boolean isNarrow = exporter.windowBytes() < ORDINARY_WINDOW;
        var rules = new ArbitraryTree.Rules(compared, places.own(), isNarrow ? SMALL : LARGE, exporter.windowBytes());
        return new Property<>(choices -> ArbitraryTree.of(choices, rules), tree -> tryOne(tree, compared))
                .search(firstSeed, rounds);
    }

    private void tryOne(ArbitraryTree tree, Set<Kept> compared) throws Exception {
        Ground ground = new Ground(exporter, destination);
        try {
            Path place;
            try (Bench bench = new Bench(ground)) {
                place = bench.place();
                export(bench, tree);
            }
            Map<String, String> config = new HashMap<>(source);
            config.replaceAll((key, value) -> value.replace(Ground.TEMP, place.toString()));
            CheckSettings settings = CheckSettings.builder(Kind.IMPORTER, config)
                    .hungAfter(destination.hungAfter())
                    .build();
            try (Bench bench = new Bench(new Ground(importer, settings))) {
                compare(tree.looks(), new Reimport(bench).looks(), compared);
            }
        } finally {
            new CleanUp(ground).run();
        }
    }

    private static void export(Bench bench, ArbitraryTree tree) throws Exception {
        try (ExportRun run = new ExportRun(bench.open())) {
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

    private static void compare(Map<String, EntryLook> made, Map<String, EntryLook> seen, Set<Kept> kept)
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

    private static Map<String, String> words(Map<String, EntryLook> looks, Set<Kept> kept) {
        Map<String, String> words = new TreeMap<>();
        looks.forEach((pathname, look) -> {
            if (!look.mode().isDirectory() || kept.contains(Kept.DIRECTORIES)) {
                words.put(pathname, look.words(kept));
            }
        });
        return words;
    }
}
