package dev.kloset.packaging;

import dev.kloset.packaging.About.Offered;
import dev.kloset.packaging.Manifest.Entry;
import dev.kloset.packaging.Manifest.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the author adds to what the code says; where both say something, this wins.
 *
 * @param texts keys of the manifest and their values
 * @param perConnector key, then type of the connector or {@code ""} for all, then value
 */
record Wishes(Map<String, String> texts, List<String> tags, String executable,
        Map<String, Map<String, String>> perConnector) {

    // The host knows it as a flag of the answer to Init only, and refuses the whole package for the word.
    private static final String RUN_TIME_FLAG = "exportxattr";

    static Wishes of(Arguments arguments) throws UsageException {
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
        return new Wishes(texts, arguments.all("tag"), arguments.optional("executable").orElse(""), perConnector);
    }

    private static Map<String, String> perConnector(String key, List<String> values) throws UsageException {
        Map<String, String> byType = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            String type = value.substring(0, Math.max(equals, 0));
            if (!type.isEmpty() && !ManifestRules.TYPES.contains(type)) {
                throw new UsageException(
                        "--" + key + " " + value + ": \"" + type + "\" is no type of connector, they are "
                                + String.join(", ", ManifestRules.TYPES));
            }
            byType.put(type, value.substring(equals + 1));
        }
        return byType;
    }

    /** {@return what the package is called} */
    String name(About about) {
        String wish = texts.getOrDefault("name", "").strip();
        return wish.isEmpty() ? about.name() : wish;
    }

    Manifest manifest(About about) {
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

    /** Connectors that differ in nothing but the protocol share an entry; each entry has one schema. */
    private List<Entry> entries(About about, String launcher) {
        Map<List<Object>, List<String>> protocols = new LinkedHashMap<>();
        for (Offered offered : about.connectors()) {
            List<String> flags = offered.flags().stream().filter(flag -> !flag.equals(RUN_TIME_FLAG)).toList();
            protocols.computeIfAbsent(List.of(offered.type(), flags, offered.schema()), key -> new ArrayList<>())
                    .add(offered.protocol());
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
