package dev.kloset.packaging.manifest;

import dev.kloset.packaging.manifest.Manifest.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes manifests. Equal manifests always give the same bytes. */
final class ManifestWriter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/](?:[A-Za-z0-9 ._/+()-]*[A-Za-z0-9._/+)-])?");
    // Some YAML parsers do not read these as texts.
    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final List<NodeTuple> tuples = new ArrayList<>();

    private ManifestWriter() {}

    static String yaml(Manifest manifest) {
        DumpSettings settings = DumpSettings.builder()
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setSplitLines(false)
                .build();
        return new Present(settings)
                .emitToString(new Serialize(settings).serializeOne(root(manifest)).iterator());
    }

    private static Node root(Manifest manifest) {
        ManifestWriter root = new ManifestWriter();
        for (String key : Manifest.TEXT_KEYS) {
            root.text(key, manifest.text(key));
        }
        root.list("tags", manifest.tags(), FlowStyle.FLOW);
        root.add("connectors", new SequenceNode(Tag.SEQ,
                manifest.connectors().stream().map(ManifestWriter::entry).toList(), FlowStyle.BLOCK));
        return root.node();
    }

    private static Node entry(Entry entry) {
        ManifestWriter writer = new ManifestWriter();
        writer.add("type", scalar(entry.type()));
        writer.list("protocols", entry.protocols(), FlowStyle.FLOW);
        writer.list("location_flags", entry.flags(), FlowStyle.FLOW);
        writer.text("class", entry.category());
        writer.text("subclass", entry.subclass());
        writer.text("executable", entry.executable());
        writer.list("args", entry.args(), FlowStyle.FLOW);
        writer.text("validator", entry.validator());
        writer.list("extra_files", entry.extraFiles(), FlowStyle.BLOCK);
        return writer.node();
    }

    private Node node() {
        return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }

    private void text(String key, String value) {
        if (!value.isEmpty()) {
            add(key, scalar(value));
        }
    }

    private void list(String key, List<String> values, FlowStyle style) {
        if (!values.isEmpty()) {
            add(key, new SequenceNode(Tag.SEQ, values.stream().map(ManifestWriter::scalar).toList(), style));
        }
    }

    private void add(String key, Node value) {
        tuples.add(new NodeTuple(scalar(key), value));
    }

    private static Node scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return new ScalarNode(Tag.STR, text, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }
}
