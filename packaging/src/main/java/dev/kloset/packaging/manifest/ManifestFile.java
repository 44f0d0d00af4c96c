package dev.kloset.packaging.manifest;

import dev.kloset.packaging.manifest.Manifest.Entry;
import dev.kloset.packaging.manifest.PluginDescription.Connector;
import dev.kloset.packaging.tool.PackagingException;
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

/** A manifest that the author wrote, with the lines of its keys. */
public record ManifestFile(Path file, Manifest manifest, Map<String, Integer> lines) {

    public static ManifestFile read(Path file) throws PackagingException, IOException {
        try (Reader in = Files.newBufferedReader(file)) {
            Node root = new Compose(LoadSettings.builder().setLabel(file.toString()).build()).composeReader(in)
                    .orElseThrow(() -> new PackagingException(file + ": it is empty; delete it, or write a manifest"));
            ManifestParser nodes = new ManifestParser(file);
            Manifest manifest = nodes.manifest(root);
            nodes.rejectProblems();
            return new ManifestFile(file, manifest, nodes.lines());
        } catch (YamlEngineException e) {
            throw new PackagingException("cannot read " + file, e);
        }
    }

    /** {@return the place of a key, or of its parent} */
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
     * @param name the name of the package according to the code or the build
     * @throws PackagingException with the differences, if the manifest disagrees with the code
     */
    void compare(PluginDescription about, String name, String mainClass) throws PackagingException {
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
        for (Connector connector : about.connectors()) {
            List<String> flags = ManifestRules.flagsOfManifests(connector.flags());
            coded.put(line(connector.kind(), connector.protocol(), flags), "in " + mainClass);
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
