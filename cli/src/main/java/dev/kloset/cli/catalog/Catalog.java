package dev.kloset.cli.catalog;

import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** All plugins found on this machine. Where two serve the same protocol, the one found first wins. */
public final class Catalog {

    private final List<PluginEntry> entries = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** {@return an empty catalogue} */
    Catalog() {}

    /**
     * Add the plugin in each subdirectory of {@code directory}, in the order of their names. If {@code directory} does not
     * exist, nothing is added.
     *
     * @param below the path from a subdirectory to the directory of its manifest, such as {@code target/image}, or the empty
     *     text
     * @param where a description of the place, for the user
     * @return this catalogue
     */
    Catalog addAll(Path directory, String below, String where) {
        if (!Files.isDirectory(directory)) {
            return this;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, Files::isDirectory)) {
            List<Path> sorted = new ArrayList<>();
            children.forEach(sorted::add);
            sorted.sort(null);
            for (Path child : sorted) {
                addIfThere(child.resolve(below), where);
            }
        } catch (IOException e) {
            problems.add("cannot look for plugins: " + Sentence.of(e));
        }
        return this;
    }

    private void addIfThere(Path directory, String where) {
        // Plakar extracts into a directory with a leading dot before it moves the plugin into place.
        Path manifest = directory.resolve(Manifest.FILE_NAME);
        if (!directory.getFileName().toString().startsWith(".") && Files.exists(manifest)) {
            try {
                entries.addAll(Manifest.read(manifest, where));
            } catch (IOException e) {
                problems.add(Sentence.of(e));
            }
        }
    }

    /**
     * {@return a catalogue of the one plugin in {@code directory}}
     *
     * @throws IOException if there is no plugin
     */
    public static Catalog ofPlugin(Path directory) throws IOException {
        Catalog catalog = new Catalog();
        catalog.entries.addAll(Manifest.read(directory.resolve(Manifest.FILE_NAME), directory.toString()));
        return catalog;
    }

    /** {@return every connector, in the order in which they were found} */
    public List<PluginEntry> entries() {
        return List.copyOf(entries);
    }

    /** {@return why some plugins could not be used, one sentence each} */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** {@return the connector of this kind for a protocol} */
    public Optional<PluginEntry> find(Kind kind, String protocol) {
        return entries.stream().filter(e -> e.kind() == kind && e.protocols().contains(protocol)).findFirst();
    }

    /** {@return all protocols for which there is a connector of this kind} */
    public SortedSet<String> protocols(Kind kind) {
        SortedSet<String> protocols = new TreeSet<>();
        entries.stream().filter(e -> e.kind() == kind).forEach(e -> protocols.addAll(e.protocols()));
        return protocols;
    }
}
