package dev.kloset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles sources into jars. */
final class JarMaker {

    private final Path directory;

    /** Make jars in this directory. */
    JarMaker(Path directory) {
        this.directory = directory;
    }

    /**
     * Compile classes and put them into a jar.
     *
     * @param sources from the qualified name of a class to its source, without {@code package}
     * @param services from the name of a service to the lines of its file
     * @param left the names of classes that do not go into the jar
     */
    Path jar(String name, Map<String, String> sources, Map<String, String> services, String... left)
            throws IOException {
        Path classes = compiled(sources);
        Path jar = Files.createDirectories(directory).resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String entry = classes.relativize(file).toString().replace('\\', '/');
                if (!List.of(left).contains(entry.replace(".class", "").replace('/', '.'))) {
                    put(out, entry, Files.readAllBytes(file));
                }
            }
            for (Map.Entry<String, String> service : services.entrySet()) {
                put(out, "META-INF/services/" + service.getKey(), service.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static Path compiled(Map<String, String> sources) throws IOException {
        Path work = Files.createTempDirectory("jar");
        Path classes = Files.createDirectory(work.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            int dot = source.getKey().lastIndexOf('.');
            Path file = work.resolve(source.getKey().substring(dot + 1) + ".java");
            Files.writeString(file, "package " + source.getKey().substring(0, dot) + ";\n" + source.getValue());
            arguments.add(file.toString());
        }
        if (sources.isEmpty()) {
            return classes;
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IOException("the sources do not compile");
        }
        return classes;
    }
}
