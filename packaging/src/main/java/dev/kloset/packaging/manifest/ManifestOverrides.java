package dev.kloset.packaging.manifest;

import dev.kloset.packaging.manifest.Manifest.Entry;
import dev.kloset.packaging.manifest.Manifest.Text;
import dev.kloset.packaging.manifest.PluginDescription.Connector;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the author adds to the information from the code; where the two conflict, the author wins.
 *
 * @param texts keys of the manifest and their values
 * @param perConnector maps a key, and then the type of a connector or {@code ""} for all types, to a value
 */
record ManifestOverrides(Map<String, String> texts, List<String> tags, String executable,
        Map<String, Map<String, String>> perConnector) {

    static ManifestOverrides of(Arguments arguments) throws UsageException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : Manifest.TEXT_KEYS) {
            if (!key.equals("api_version")) {
                texts.put(key, arguments.optional(key.replace('_', '-')).orElse(""));
            }
        }
        Map<String, Map<String, String>> perConnector = new LinkedHashMap<>();
        for (String key : List.of("class", "subclass", "validator")) {
            perConnector.put(key, perConnector(key, arguments.all(key)));
        }
        return new ManifestOverrides(texts, arguments.all("tag"), arguments.optional("executable").orElse(""),
                perConnector);
    }

    private static Map<String, String> perConnector(String key, List<String> values) throws UsageException {
        Map<String, String> byType = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            String type = value.substring(0, Math.max(equals, 0));
            if (!type.isEmpty() && !ManifestRules.TYPES.contains(type)) {
                throw new UsageException(
                        "--" + key + " " + value + ": \"" + type + "\" is not a type of connector; the types are "
                                + String.join(", ", ManifestRules.TYPES));
            }
            byType.put(type, value.substring(equals + 1));
        }
        return byType;
    }

    /** {@return the name of the package} */
    String name(PluginDescription about) {
        String wish = texts.getOrDefault("name", "").strip();
        return wish.isEmpty() ? about.name() : wish;
    }

    Manifest manifest(PluginDescription about) {
        List<Text> all = new ArrayList<>();
        for (String key : Manifest.TEXT_KEYS) {
            String wish = texts.getOrDefault(key, "").strip().replaceAll("\\s+", " ");
            String value = switch (key) {
                case "name" -> name(about);
                case "api_version" -> about.apiVersion();
                default -> wish;
            };
            if (!value.isEmpty()) {
                all.add(new Text(key, value));
            }
        }
        return new Manifest(all, tags, entries(about, executable.isEmpty() ? all.getFirst().value() : executable));
    }

    /** Connectors that differ only in their protocol share an entry; each entry has one schema. */
    private List<Entry> entries(PluginDescription about, String launcher) {
        Map<List<Object>, List<String>> protocols = new LinkedHashMap<>();
        for (Connector connector : about.connectors()) {
            List<String> flags = ManifestRules.flagsOfManifests(connector.flags());
            protocols.computeIfAbsent(List.of(connector.kind(), flags, connector.schema()), key -> new ArrayList<>())
                    .add(connector.protocol());
        }
        List<Entry> entries = new ArrayList<>();
        protocols.forEach((key, names) -> {
            String type = (String) key.get(0);
            List<String> flags = ((List<?>) key.get(1)).stream().map(String::valueOf).toList();
            entries.add(new Entry(type, names, flags, launcher, List.of(type), wish("class", type),
                    wish("subclass", type), wish("validator", type), List.of()));
        });
        return entries;
    }

    private String wish(String key, String type) {
        Map<String, String> byType = perConnector.getOrDefault(key, Map.of());
        return byType.getOrDefault(type, byType.getOrDefault("", ""));
    }
}
