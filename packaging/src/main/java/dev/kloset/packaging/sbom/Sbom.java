package dev.kloset.packaging.sbom;

import dev.kloset.internal.JsonWriter;
import dev.kloset.packaging.tool.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The list of everything that a package consists of, in the form of CycloneDX. The same parts give the same bytes, so there is no
 * time in it.
 *
 * @param plugin the package itself
 */
public record Sbom(Component plugin, List<Component> parts) {

    /** The file in the package. */
    public static final String FILE_NAME = "sbom.cdx.json";

    private static final String FORMAT = "1.6";
    private static final String ROOT = "package";

    public Sbom {
        parts = List.copyOf(parts);
    }

    /** {@return a map that keeps the order of its entries, each a key and a value} */
    static Map<String, Object> ordered(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    /** Write the list into the directory of an image. */
    public void write(Path image) throws IOException {
        Directories.write(image.resolve(FILE_NAME), json());
    }

    String json() {
        List<Map<String, Object>> components = new ArrayList<>();
        List<String> refs = new ArrayList<>();
        for (Component part : parts) {
            refs.add(refs.size() + "-" + part.name());
            components.add(part.tree(refs.getLast()));
        }
        Map<String, Object> metadata = ordered("tools", ordered("components", List.of(tool())), "component",
                plugin.tree(ROOT));
        List<Object> dependencies = List.of(ordered("ref", ROOT, "dependsOn", refs));
        String serial = "urn:uuid:" + UUID.nameUUIDFromBytes(
                JsonWriter.line(List.of(metadata, components)).getBytes(StandardCharsets.UTF_8));
        return JsonWriter.lines(ordered("$schema", "http://cyclonedx.org/schema/bom-" + FORMAT + ".schema.json",
                "bomFormat", "CycloneDX", "specVersion", FORMAT, "serialNumber", serial, "version", 1,
                "metadata", metadata, "components", components, "dependencies", dependencies)) + "\n";
    }

    private static Map<String, Object> tool() {
        Map<String, Object> tool = ordered("type", "application", "group", "dev.kloset", "name", "kloset-packaging");
        String version = Sbom.class.getPackage().getImplementationVersion();
        if (version != null) {
            tool.put("version", version);
        }
        return tool;
    }

    /** {@return the version of the package in the list of an image; empty if the image has no list, or the list no version} */
    public static Optional<String> versionIn(Path image) throws IOException {
        Path file = image.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            // Every JSON text is YAML too.
            Object tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return member(member(Optional.of(tree), "metadata"), "component")
                    .map(component -> component instanceof Map<?, ?> map ? map.get("version") : null)
                    .map(String::valueOf);
        } catch (YamlEngineException e) {
            throw new IOException(file + " is not the list that packaging wrote: make the image again", e);
        }
    }

    private static Optional<Object> member(Optional<Object> tree, String key) {
        return tree.map(object -> object instanceof Map<?, ?> map ? map.get(key) : null);
    }
}
