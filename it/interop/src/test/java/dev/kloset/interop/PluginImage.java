package dev.kloset.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Makes a package of a plugin of this suite: the libraries and the launcher of the files integration, another main. */
final class PluginImage {

    private static final String LAUNCHER = "launcher";

    private PluginImage() {}

    /** {@return a directory for {@code plakar pkg create} with an importer for {@code protocol}} */
    static Path importer(Path directory, String protocol, Class<?> main) throws IOException {
        Path libraries = Files.createDirectories(directory.resolve("lib"));
        try (Stream<Path> jars = Files.list(Programs.filesImage().resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, libraries.resolve(jar.getFileName()));
            }
        }
        jarOfTheSuite(libraries.resolve("suite.jar"));
        launcher(directory.resolve(LAUNCHER), main);
        Files.writeString(directory.resolve("manifest.yaml"), manifest(protocol, libraries));
        return directory;
    }

    private static void launcher(Path launcher, Class<?> main) throws IOException {
        String theirs = Files.readString(Programs.filesImage().resolve("kloset-files"));
        Files.writeString(launcher, theirs.replace("dev.kloset.files.FilesPlugin", main.getName())
                .replace("classpath='", "classpath='lib/suite.jar "));
        Files.setAttribute(launcher, "unix:mode", 0755);
    }

    private static void jarOfTheSuite(Path jar) throws IOException {
        Path classes = Programs.root().resolve("it/interop/target/test-classes");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path path : all.filter(each -> each.toString().endsWith(".class")).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                Files.copy(path, out);
            }
        }
    }

    private static String manifest(String protocol, Path libraries) throws IOException {
        try (Stream<Path> jars = Files.list(libraries)) {
            List<String> names = jars.map(jar -> "lib/" + jar.getFileName()).toList();
            return """
                    name: %s
                    connectors:
                      - type: importer
                        protocols: [%s]
                        location_flags: [localfs]
                        executable: %s
                        extra_files: %s
                    """.formatted(protocol, protocol, LAUNCHER, names);
        }
    }
}
