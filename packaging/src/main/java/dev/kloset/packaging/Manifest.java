package dev.kloset.packaging;

import java.util.ArrayList;
import java.util.List;

/**
 * What Plakar learns about a package before it starts it.
 *
 * @param texts the keys whose value is one text, in the order of the file; what is absent is not among them
 */
record Manifest(List<Text> texts, List<String> tags, List<Entry> connectors) {

    static final String FILE_NAME = "manifest.yaml";

    /** The keys of texts, in the order in which they are written. */
    static final List<String> TEXT_KEYS = List.of("name", "display_name", "description", "homepage", "license", "tier",
            "contact", "api_version");

    /** @param key one of {@link #TEXT_KEYS} */
    record Text(String key, String value) {}

    /**
     * One entry of the list of connectors.
     *
     * @param category the key {@code class}, empty if absent, as the other texts
     */
    record Entry(String type, List<String> protocols, List<String> flags, String executable, List<String> args,
            String category, String subclass, String validator, List<String> extraFiles) {
        Entry {
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

    Manifest {
        texts = List.copyOf(texts);
        tags = List.copyOf(tags);
        connectors = List.copyOf(connectors);
    }

    /** {@return the value of a text, empty if it is absent} */
    String text(String key) {
        return texts.stream().filter(text -> text.key().equals(key)).map(Text::value).findFirst().orElse("");
    }

    String name() {
        return text("name");
    }

    /** {@return the launcher that starts all connectors} */
    String executable() {
        return connectors.getFirst().executable();
    }

    /** {@return this with other connectors} */
    Manifest withConnectors(List<Entry> others) {
        return new Manifest(texts, tags, others);
    }

    /**
     * {@return this with all files of the package besides the manifest, the launcher and the validators; one entry lists them
     * for all}
     */
    Manifest withFiles(List<String> files) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : connectors) {
            entries.add(entry.withExtraFiles(entries.isEmpty() ? files : List.of()));
        }
        return withConnectors(entries);
    }

    /** {@return this for a package with nothing but the manifest and the launcher} Plakar itself needs no validator. */
    Manifest withoutFiles() {
        return withConnectors(
                connectors.stream().map(entry -> entry.withValidator("").withExtraFiles(List.of())).toList());
    }

    String yaml() {
        return ManifestWriter.yaml(this);
    }
}
