package dev.kloset.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Makes a package of a plugin of this suite: the libraries and the launcher of the files integration, with another main class. */
final class PluginImage {

    private static final String LAUNCHER = "launcher";

    private PluginImage() {}

    /** {@return a directory for {@code plakar pkg create} with an importer for {@code protocol} that reads local paths} */
    static Path importer(Path directory, String protocol, Class<?> main) throws IOException {
        return image(directory, protocol, List.of("importer"), "localfs", main);
    }

    /**
     * {@return the same, with an importer of remote systems}
     *
     * @param more classes from the further libraries to include
     */
    static Path remoteImporter(Path directory, String protocol, Class<?> main, Class<?>... more) throws IOException {
        return image(directory, protocol, List.of("importer"), "", main, more);
    }

    /** {@return a copy of the files integration, including its Java, whose launcher starts {@code main}} Not for Plakar. */
    static Path withRuntime(Path directory, Class<?> main) throws IOException, InterruptedException {
        Path libraries = Programs.copyOfFilesImage(directory).resolve("lib");
        launcher(directory.resolve(LAUNCHER), main, Set.of("lib/" + library(main, libraries).getFileName()));
        return directory;
    }

    /** {@return the same, with an importer and an exporter of local paths} */
    static Path importerAndExporter(Path directory, String protocol, Class<?> main) throws IOException {
        return image(directory, protocol, List.of("importer", "exporter"), "localfs", main);
    }

    private static Path image(Path directory, String protocol, List<String> kinds, String flags, Class<?> main,
            Class<?>... more) throws IOException {
        Path libraries = Files.createDirectories(directory.resolve("lib"));
        try (Stream<Path> jars = Files.list(Programs.filesImage().resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, libraries.resolve(jar.getFileName()));
            }
        }
        List<Class<?>> ofLibraries = new ArrayList<>(List.of(more));
        ofLibraries.add(main);
        ofLibraries.add(PluginImage.class);
        Set<String> added = new LinkedHashSet<>();
        for (Class<?> one : ofLibraries) {
            added.add("lib/" + library(one, libraries).getFileName());
        }
        launcher(directory.resolve(LAUNCHER), main, added);
        Files.writeString(directory.resolve("manifest.yaml"), manifest(protocol, kinds, flags, libraries));
        return directory;
    }

    private static void launcher(Path launcher, Class<?> main, Set<String> libraries) throws IOException {
        String theirs = Files.readString(Programs.filesImage().resolve("kloset-files"));
        Files.writeString(launcher, theirs.replace("dev.kloset.files.FilesPlugin", main.getName())
                .replace("classpath='", "classpath='" + String.join(" ", libraries) + " "));
        Files.setAttribute(launcher, "unix:mode", 0755);
    }

    /** {@return a jar with the whole code source of {@code one}} */
    private static Path library(Class<?> one, Path libraries) throws IOException {
        Path source = Path.of(URI.create(one.getProtectionDomain().getCodeSource().getLocation().toString()));
        if (!Files.isDirectory(source)) {
            return Files.copy(source, libraries.resolve(String.valueOf(source.getFileName())),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Path jar = libraries.resolve("suite.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(source)) {
            for (Path path : all.filter(each -> each.toString().endsWith(".class")).toList()) {
                out.putNextEntry(new JarEntry(source.relativize(path).toString()));
                Files.copy(path, out);
            }
        }
        return jar;
    }

    private static String manifest(String protocol, List<String> kinds, String flags, Path libraries)
            throws IOException {
        StringBuilder manifest = new StringBuilder("name: " + protocol + "\nconnectors:\n");
        try (Stream<Path> jars = Files.list(libraries)) {
            List<String> names = jars.map(jar -> "lib/" + jar.getFileName()).toList();
            for (String kind : kinds) {
                manifest.append("""
                          - type: %s
                            protocols: [%s]
                            location_flags: [%s]
                            executable: %s
                            extra_files: %s
                        """.formatted(kind, protocol, flags, LAUNCHER, names));
            }
        }
        return manifest.toString();
    }
}
