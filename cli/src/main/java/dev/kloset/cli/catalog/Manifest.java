package dev.kloset.cli.catalog;

import dev.kloset.LocationFlag;
import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the connectors in a {@code manifest.yaml}. As lenient as Plakar: it skips unknown keys and kinds. */
final class Manifest {

    static final String FILE_NAME = "manifest.yaml";

    private final Path directory;
    private final String where;
    private final String plugin;

    private Manifest(Path file, String where, Map<?, ?> root) throws IOException {
        this.directory = Optional.ofNullable(file.getParent()).orElseThrow();
        this.where = where;
        this.plugin = text(root.get("name"), String.valueOf(directory.getFileName()), "name");
    }

    /**
     * {@return the connectors of a manifest}
     *
     * @param where a description of the place, for the user
     * @throws IOException naming the file, if it is not a manifest
     */
    static List<PluginEntry> read(Path file, String where) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Object root = new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromInputStream(in);
            if (!(root instanceof Map<?, ?> map)) {
                throw new IOException("it is not a list of keys and values");
            }
            return new Manifest(file.toAbsolutePath().normalize(), where, map).entries(map);
        } catch (IOException | YamlEngineException e) {
            throw new IOException("cannot use " + file + ": " + Sentence.of(e), e);
        }
    }

    private List<PluginEntry> entries(Map<?, ?> root) throws IOException {
        List<PluginEntry> entries = new ArrayList<>();
        for (Object connector : list(root.get("connectors"), "connectors")) {
            if (!(connector instanceof Map<?, ?> map)) {
                throw new IOException("one of its connectors is not a list of keys and values");
            }
            entry(map).ifPresent(entries::add);
        }
        return entries;
    }

    private Optional<PluginEntry> entry(Map<?, ?> connector) throws IOException {
        Optional<Kind> kind = kind(text(connector.get("type"), "", "type"));
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        List<String> flags = texts(connector.get("location_flags"), "location_flags");
        return Optional.of(new PluginEntry(plugin, kind.get(), texts(connector.get("protocols"), "protocols"),
                executable(connector), texts(connector.get("args"), "args"),
                flags.contains(LocationFlag.LOCALFS.manifestWord()), where, directory));
    }

    /** {@return the kind with this word} Manifests know more kinds, but these need another host. */
    private static Optional<Kind> kind(String word) {
        return Stream.of(Kind.values()).filter(kind -> kind.manifestType().equals(word)).findFirst();
    }

    private Path executable(Map<?, ?> connector) throws IOException {
        String name = text(connector.get("executable"), "", "executable");
        Path executable = directory.resolve(name).normalize();
        if (name.isEmpty() || !executable.startsWith(directory)) {
            throw new IOException("the executable \"" + name + "\" of a connector is not in the plugin's directory");
        }
        return executable;
    }

    private static List<String> texts(@Nullable Object value, String key) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object element : list(value, key)) {
            texts.add(text(element, "", key));
        }
        return texts;
    }

    // No switch over types here and below: the start-up cache does not keep how it is linked, and linking takes long.
    private static List<?> list(@Nullable Object value, String key) throws IOException {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IOException("\"" + key + "\" must be a list");
    }

    private static String text(@Nullable Object value, String otherwise, String key) throws IOException {
        if (value == null) {
            return otherwise;
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new IOException("\"" + key + "\" must be text");
    }
}
