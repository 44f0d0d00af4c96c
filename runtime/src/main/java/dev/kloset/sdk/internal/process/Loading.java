package dev.kloset.sdk.internal.process;

import dev.kloset.Connector;
import dev.kloset.internal.JsonWriter;
import dev.kloset.sdk.internal.service.ConnectorRegistry;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Loads the plugin's own classes, without making a connector: what Java or the package lacks shows here, and not in the first
 * backup of a user. The classes of connectors are initialised too, as each start would do.
 */
final class Loading {

    /** A jar with more holds libraries as well. Of these, only the classes near the one that calls the SDK are the plugin's. */
    private static final int MANY = 2000;

    private static final String SUFFIX = ".class";

    private final List<String> failures = new ArrayList<>();

    private Loading() {}

    /** {@return what could not be loaded, one object of JSON in a line each} */
    static List<String> failures(ConnectorRegistry registry) throws IOException {
        Loading loading = new Loading();
        Set<Class<?>> authors = new LinkedHashSet<>();
        registry.connectors().forEach(connector -> authors.add(connector.author()));
        Set<String> types = new LinkedHashSet<>();
        for (Class<?> author : authors) {
            types.addAll(neighbours(author));
        }
        for (String type : types) {
            loading.load(type, authors.iterator().next().getClassLoader());
        }
        return loading.failures;
    }

    private void load(String type, ClassLoader loader) {
        boolean isConnector = false;
        try {
            Class<?> loaded = Class.forName(type, false, loader);
            isConnector = Connector.class.isAssignableFrom(loaded);
            // Links it, and loads what its members name.
            Objects.requireNonNull(loaded.getDeclaredMethods());
            Objects.requireNonNull(loaded.getDeclaredFields());
            if (isConnector) {
                Class.forName(type, true, loader);
            }
        } catch (ClassNotFoundException | LinkageError e) {
            StringBuilder line = new StringBuilder();
            JsonWriter.to(line)
                    .object()
                    .name("class")
                    .text(type)
                    .name("connector")
                    .truth(isConnector)
                    .name("reason")
                    .text(Sentence.of(e))
                    .endObject();
            failures.add(line.toString());
        }
    }

    /** {@return the names of the classes in the same jar or directory} */
    private static List<String> neighbours(Class<?> author) throws IOException {
        CodeSource source = author.getProtectionDomain().getCodeSource();
        if (source == null) {
            return List.of(author.getName());
        }
        List<String> types = types(path(source)).stream()
                .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("META-INF/")
                        && !name.endsWith("-info.class"))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'))
                .toList();
        String near = author.getPackageName() + ".";
        return types.size() <= MANY
                ? types
                : types.stream().filter(type -> type.startsWith(near)).limit(MANY).toList();
    }

    private static Path path(CodeSource source) throws IOException {
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("cannot find the plugin's classes at " + source.getLocation(), e);
        }
    }

    private static List<String> types(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                return files.map(file -> place.relativize(file).toString().replace('\\', '/')).sorted().toList();
            }
        }
        try (JarFile jar = new JarFile(place.toFile(), false)) {
            return jar.stream().map(entry -> entry.getName()).sorted().toList();
        }
    }
}
