package dev.kloset.packaging;

import dev.kloset.packaging.Manifest.Entry;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes manifests: the same one always as the same bytes. */
final class ManifestWriter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/](?:[A-Za-z0-9 ._/+()-]*[A-Za-z0-9._/+)-])?");
    // To some parsers of YAML these are no texts.
    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final StringBuilder out = new StringBuilder();

    private ManifestWriter() {}

    static String yaml(Manifest manifest) {
        ManifestWriter writer = new ManifestWriter();
        writer.write(manifest);
        return writer.out.toString();
    }

    private void write(Manifest manifest) {
        for (String key : Manifest.TEXT_KEYS) {
            text("", key, manifest.text(key));
        }
        list("", "tags", manifest.tags());
        out.append("connectors:\n");
        manifest.connectors().forEach(this::entry);
    }

    private void entry(Entry entry) {
        out.append("  - type: ").append(quoted(entry.type())).append('\n');
        String indent = "    ";
        list(indent, "protocols", entry.protocols());
        list(indent, "location_flags", entry.flags());
        text(indent, "class", entry.category());
        text(indent, "subclass", entry.subclass());
        text(indent, "executable", entry.executable());
        list(indent, "args", entry.args());
        text(indent, "validator", entry.validator());
        if (!entry.extraFiles().isEmpty()) {
            out.append(indent).append("extra_files:\n");
            entry.extraFiles().forEach(file -> out.append(indent).append("  - ").append(quoted(file)).append('\n'));
        }
    }

    private void text(String indent, String key, String value) {
        if (!value.isEmpty()) {
            out.append(indent).append(key).append(": ").append(quoted(value)).append('\n');
        }
    }

    private void list(String indent, String key, List<String> values) {
        if (!values.isEmpty()) {
            out.append(indent)
                    .append(key)
                    .append(": [")
                    .append(values.stream().map(ManifestWriter::quoted).collect(Collectors.joining(", ")))
                    .append("]\n");
        }
    }

    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))) {
            return text;
        }
        // JSON's way of writing a text is YAML's too.
        return JsonText.quoted(text);
    }
}
