package dev.kloset.packaging;

import dev.kloset.packaging.About.Offered;
import dev.kloset.packaging.Manifest.Entry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A manifest that its author wrote, with the lines of its keys. */
record WrittenManifest(Path file, Manifest manifest, Map<String, Integer> lines) {

    static WrittenManifest read(Path file) throws PackagingException, IOException {
        try (Reader in = Files.newBufferedReader(file)) {
            Node root = new Compose(LoadSettings.builder().setLabel(file.toString()).build()).composeReader(in)
                    .orElseThrow(() -> new PackagingException(file + ": it is empty; delete it, or write a manifest"));
            ManifestNodes nodes = new ManifestNodes(file);
            Manifest manifest = nodes.manifest(root);
            nodes.end();
            return new WrittenManifest(file, manifest, nodes.lines());
        } catch (YamlEngineException e) {
            throw new PackagingException("cannot read " + file, e);
        }
    }

    /** {@return where a key is, or where its parent is} */
    String place(String key) {
        for (String look = key; !look.isEmpty(); look = look.substring(0, Math.max(look.lastIndexOf('.'), 0))) {
            Integer line = lines.get(look);
            if (line != null) {
                return file + ":" + line;
            }
        }
        return file.toString();
    }

    /**
     * @param name what the package is called by the code or the build
     * @throws PackagingException with the differences, if it says other things than the code
     */
    void compare(About about, String name, String mainClass) throws PackagingException {
        Map<String, String> written = new TreeMap<>();
        addText(written, "name", manifest.name());
        for (int i = 0; i < manifest.connectors().size(); i++) {
            Entry entry = manifest.connectors().get(i);
            for (String protocol : entry.protocols()) {
                written.put(line(entry.type(), protocol, entry.flags()), place("connectors[" + i + "].protocols"));
            }
        }
        Map<String, String> coded = new TreeMap<>();
        coded.put("name: " + name, name.equals(about.name()) ? "in " + mainClass : "of the build");
        for (Offered offered : about.connectors()) {
            List<String> flags = offered.flags().stream().filter(flag -> !flag.equals("exportxattr")).toList();
            coded.put(line(offered.type(), offered.protocol(), flags), "in " + mainClass);
        }
        addText(written, "api_version", manifest.text("api_version"));
        coded.put("api_version: " + about.apiVersion(), "of the SDK");
        List<String> differences = new ArrayList<>();
        written.forEach((line, where) -> {
            if (!coded.containsKey(line)) {
                differences.add("  - " + line + "    (" + where + ")");
            }
        });
        coded.forEach((line, where) -> {
            if (!written.containsKey(line)) {
                differences.add("  + " + line + "    (" + where + ")");
            }
        });
        if (!differences.isEmpty()) {
            throw new PackagingException(file + " and the code disagree (- the manifest, + the code):\n"
                    + String.join("\n", differences)
                    + "\ncorrect the one that is wrong, or delete the manifest and have it generated");
        }
    }

    private void addText(Map<String, String> lines, String key, String value) {
        if (!value.isEmpty()) {
            lines.put(key + ": " + value, place(key));
        } else {
            lines.put("no " + key, file.toString());
        }
    }

    private static String line(String type, String protocol, List<String> flags) {
        return type + " " + protocol + "://" + (flags.isEmpty() ? "" : " " + flags.stream().sorted().toList());
    }
}
