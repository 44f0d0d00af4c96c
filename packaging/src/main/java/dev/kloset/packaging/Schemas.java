package dev.kloset.packaging;

import dev.kloset.packaging.About.Offered;
import dev.kloset.packaging.Manifest.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The manifest with a validator for every connector whose configuration the code declares, and the files that it names.
 *
 * @param files path below the manifest's directory and content of each schema that was made from the code
 */
record Schemas(Manifest manifest, Map<String, String> files) {

    private static final String DIRECTORY = "schema/";

    Schemas {
        files = Map.copyOf(files);
    }

    /**
     * {@return {@code manifest} with the schemas of the code} A validator of the author's own stays, but must know the same
     * options.
     *
     * @param sources where the author's own validators are
     * @param place tells for a key of the manifest where its author finds it
     * @throws PackagingException with all disagreements, one a line
     */
    static Schemas of(Manifest manifest, About about, Optional<Path> sources, UnaryOperator<String> place)
            throws PackagingException, IOException {
        Map<String, String> files = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Entry entry : manifest.connectors()) {
            String key = "connectors[" + entries.size() + "]";
            Set<String> schemas = declared(entry, about);
            if (!entry.validator().isEmpty()) {
                Object own = read(Files.readString(sources.orElseThrow().resolve(entry.validator())));
                schemas.stream()
                        .filter(schema -> !schema.isEmpty() && !names(read(schema)).equals(names(own)))
                        .forEach(schema -> problems.add(place.apply(key + ".validator") + ": "
                                + difference(entry, names(own), names(read(schema)))));
                entries.add(entry);
            } else if (schemas.size() > 1) {
                problems.add(place.apply(key + ".protocols") + ": the connectors for "
                        + String.join(", ", entry.protocols()) + " are configured differently, but have one entry and "
                        + "so one validator; write an entry for each");
            } else {
                entries.add(schemas.stream().allMatch(String::isEmpty)
                        ? entry
                        : entry.withValidator(put(files, entry, schemas.iterator().next())));
            }
        }
        if (!problems.isEmpty()) {
            throw new PackagingException(String.join("\n", problems));
        }
        return new Schemas(manifest.withConnectors(entries), files);
    }

    private static String put(Map<String, String> files, Entry entry, String schema) {
        String file = DIRECTORY + entry.type() + "-" + entry.protocols().getFirst() + ".json";
        files.put(file, schema);
        return file;
    }

    private static Set<String> declared(Entry entry, About about) {
        Set<String> schemas = new LinkedHashSet<>();
        for (Offered offered : about.connectors()) {
            if (offered.type().equals(entry.type()) && entry.protocols().contains(offered.protocol())) {
                schemas.add(offered.schema());
            }
        }
        return schemas;
    }

    private static Object read(String json) {
        // Every JSON text is YAML too.
        return new Load(LoadSettings.builder().build()).loadFromString(json);
    }

    /** {@return the options that a schema names, in order, each with a star if it must be given} */
    private static Set<String> names(Object schema) {
        Set<String> names = new TreeSet<>();
        if (schema instanceof Map<?, ?> object && object.get("properties") instanceof Map<?, ?> properties) {
            List<?> required = object.get("required") instanceof List<?> list ? list : List.of();
            properties.keySet().forEach(key -> names.add(key + (required.contains(key) ? " (required)" : "")));
        }
        return names;
    }

    private static String difference(Entry entry, Set<String> written, Set<String> coded) {
        Set<String> surplus = new TreeSet<>(written);
        surplus.removeAll(coded);
        Set<String> missing = new TreeSet<>(coded);
        missing.removeAll(written);
        return entry.validator() + " and the code disagree about the options of the " + entry.type() + ": "
                + (surplus.isEmpty() ? "" : "only the file has " + String.join(", ", surplus))
                + (surplus.isEmpty() || missing.isEmpty() ? "" : ", ")
                + (missing.isEmpty() ? "" : "only the code has " + String.join(", ", missing))
                + "; correct the file, or leave validator out and have it made from the code";
    }

    /** Write the schemas below {@code directory}, where the manifest is or will be. */
    void write(Path directory) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Directories.write(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
