package dev.kloset.packaging.manifest;

import dev.kloset.packaging.manifest.Manifest.Entry;
import dev.kloset.packaging.manifest.Manifest.Text;
import dev.kloset.packaging.tool.PackagingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns a YAML tree into a manifest. Anything that the host would ignore or misread is reported as a problem, with its line. */
final class ManifestParser {

    private static final Map<String, String> REMEDIES = Map.of(
            "flags", "write location_flags",
            "extra_file", "write extra_files",
            "protocol", "write protocols, with a list",
            "version", "remove it, the version comes from the build",
            "homepage", "move it to the top of the file",
            "license", "move it to the top of the file");

    private final Path file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    ManifestParser(Path file) {
        this.file = file;
    }

    Map<String, Integer> lines() {
        return Map.copyOf(lines);
    }

    void rejectProblems() throws PackagingException {
        if (!problems.isEmpty()) {
            throw new PackagingException(String.join("\n", problems));
        }
    }

    Manifest manifest(Node root) {
        Set<String> known = new HashSet<>(Manifest.TEXT_KEYS);
        known.addAll(List.of("tags", "connectors"));
        Map<String, Node> keys = keys(root, "", known);
        List<Text> texts = new ArrayList<>();
        for (String key : Manifest.TEXT_KEYS) {
            String value = text(keys.get(key), key);
            if (!value.isEmpty()) {
                texts.add(new Text(key, value));
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (Node connector : nodes(keys.get("connectors"), "connectors")) {
            entries.add(entry(connector, "connectors[" + entries.size() + "]"));
        }
        return new Manifest(texts, texts(keys.get("tags"), "tags"), entries);
    }

    private Entry entry(Node node, String at) {
        lines.put(at, line(node));
        Map<String, Node> keys = keys(node, at + ".",
                Set.of("type", "protocols", "location_flags", "executable", "args",
                        "class", "subclass", "validator", "extra_files"));
        return new Entry(text(keys.get("type"), "type"), texts(keys.get("protocols"), "protocols"),
                texts(keys.get("location_flags"), "location_flags"), text(keys.get("executable"), "executable"),
                texts(keys.get("args"), "args"), text(keys.get("class"), "class"),
                text(keys.get("subclass"), "subclass"),
                text(keys.get("validator"), "validator"), texts(keys.get("extra_files"), "extra_files"));
    }

    private Map<String, Node> keys(Node node, String prefix, Set<String> known) {
        Map<String, Node> keys = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, "keys and values are required here; write them as \"key: value\"");
            return keys;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode(), "key");
            lines.put(prefix + key, line(tuple.getKeyNode()));
            if (!known.contains(key)) {
                problem(tuple.getKeyNode(), "Plakar ignores the key \"" + key + "\"; "
                        + REMEDIES.getOrDefault(key, "remove it or correct its name, there are "
                                + String.join(", ", known.stream().sorted().toList())));
            } else if (keys.put(key, tuple.getValueNode()) != null) {
                problem(tuple.getKeyNode(), "the key \"" + key + "\" appears twice; remove one");
            }
        }
        return keys;
    }

    private String text(@Nullable Node node, String key) {
        return switch (node) {
            case null -> "";
            case ScalarNode scalar -> scalar.getValue();
            default -> {
                problem(node, "the value of \"" + key + "\" must be one text; write it after the colon");
                yield "";
            }
        };
    }

    private List<String> texts(@Nullable Node node, String key) {
        List<String> texts = new ArrayList<>();
        for (Node element : nodes(node, key)) {
            texts.add(text(element, key));
        }
        return texts;
    }

    private List<Node> nodes(@Nullable Node node, String key) {
        return switch (node) {
            case null -> List.of();
            case SequenceNode sequence -> sequence.getValue();
            default -> {
                problem(node, "the value of \"" + key + "\" must be a list; put brackets around it");
                yield List.of();
            }
        };
    }

    private void problem(Node node, String sentence) {
        problems.add(file + ":" + line(node) + ": " + sentence);
    }

    private static int line(Node node) {
        Optional<Mark> mark = node.getStartMark();
        return mark.map(Mark::getLine).orElse(0) + 1;
    }
}
