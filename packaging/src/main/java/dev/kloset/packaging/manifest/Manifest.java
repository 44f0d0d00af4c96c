package dev.kloset.packaging.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * What Plakar learns about a package before it starts the plugin.
 *
 * @param texts the keys with a single text as value, in the order of the file; absent keys are left out
 */
public record Manifest(List<Text> texts, List<String> tags, List<Entry> connectors) {

    public static final String FILE_NAME = "manifest.yaml";

    /** The keys with a single text, in the order in which they are written. */
    static final List<String> TEXT_KEYS = List.of("name", "display_name", "description", "homepage", "license", "tier",
            "contact", "api_version");

    /** @param key one of {@link #TEXT_KEYS} */
    record Text(String key, String value) {}

    /**
     * One entry of the list of connectors.
     *
     * @param category the key {@code class}; like the other texts, empty if absent
     */
    public record Entry(String type, List<String> protocols, List<String> flags, String executable, List<String> args,
            String category, String subclass, String validator, List<String> extraFiles) {
        public Entry {
            protocols = List.copyOf(protocols);
            flags = List.copyOf(flags);
            args = List.copyOf(args);
            extraFiles = List.copyOf(extraFiles);
        }

        Entry withValidator(String file) {
            return new Entry(type, protocols, flags, executable, args, category, subclass, file, extraFiles);
        }

        Entry withExtraFiles(List<String> files) {
            return new Entry(type, protocols, flags, executable, args, category, subclass, validator, files);
        }
    }

    public Manifest {
        texts = List.copyOf(texts);
        tags = List.copyOf(tags);
        connectors = List.copyOf(connectors);
    }

    /** {@return the value of a text, empty if it is absent} */
    String text(String key) {
        return texts.stream().filter(text -> text.key().equals(key)).map(Text::value).findFirst().orElse("");
    }

    public String name() {
        return text("name");
    }

    public String license() {
        return text("license");
    }

    /** {@return the launcher that starts all connectors} */
    public String executable() {
        return connectors.getFirst().executable();
    }

    /** {@return this manifest with other connectors} */
    Manifest withConnectors(List<Entry> others) {
        return new Manifest(texts, tags, others);
    }

    /**
     * {@return this manifest with all files of the package except the manifest, the launcher and the validators} One entry
     * lists them for all connectors.
     */
    public Manifest withFiles(List<String> files) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : connectors) {
            entries.add(entry.withExtraFiles(entries.isEmpty() ? files : List.of()));
        }
        return withConnectors(entries);
    }

    /** {@return this manifest for a package that contains only the manifest and the launcher} Plakar itself needs no validator. */
    public Manifest withoutFiles() {
        return withConnectors(
                connectors.stream().map(entry -> entry.withValidator("").withExtraFiles(List.of())).toList());
    }

    public String yaml() {
        return ManifestWriter.yaml(this);
    }
}
