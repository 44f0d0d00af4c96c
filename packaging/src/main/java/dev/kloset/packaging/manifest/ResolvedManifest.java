package dev.kloset.packaging.manifest;

import dev.kloset.packaging.manifest.Manifest.Entry;
import dev.kloset.packaging.manifest.PluginDescription.Connector;
import dev.kloset.packaging.tool.Directories;
import dev.kloset.packaging.tool.PackagingException;
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
 * @param about what the plugin says about itself
 * @param files the path below the manifest's directory, and the content, of each schema made from the code
 */
public record ResolvedManifest(Manifest manifest, PluginDescription about, Map<String, String> files) {

    private static final String DIRECTORY = "schema/";

    public ResolvedManifest {
        files = Map.copyOf(files);
    }

    /**
     * {@return {@code manifest} with the schemas of the code} A validator written by the author stays, but must know the same
     * options.
     *
     * @param sources the directory of the author's own validators
     * @param place tells where the author finds a key of the manifest
     * @throws PackagingException with all disagreements, one per line
     */
    static ResolvedManifest of(Manifest manifest, PluginDescription about, Optional<Path> sources,
            UnaryOperator<String> place)
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
        return new ResolvedManifest(manifest.withConnectors(entries), about, files);
    }

    private static String put(Map<String, String> files, Entry entry, String schema) {
        String file = DIRECTORY + entry.type() + "-" + entry.protocols().getFirst() + ".json";
        files.put(file, schema);
        return file;
    }

    private static Set<String> declared(Entry entry, PluginDescription about) {
        Set<String> schemas = new LinkedHashSet<>();
        for (Connector connector : about.connectors()) {
            if (connector.kind().equals(entry.type()) && entry.protocols().contains(connector.protocol())) {
                schemas.add(connector.schema());
            }
        }
        return schemas;
    }

    private static Object read(String json) {
        // Every JSON text is YAML too.
        return new Load(LoadSettings.builder().build()).loadFromString(json);
    }

    /** {@return the options that a schema names, in order, with a star for each required one} */
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

    /** Write the schemas below {@code directory}, which contains or will contain the manifest. */
    public void write(Path directory) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Directories.write(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
