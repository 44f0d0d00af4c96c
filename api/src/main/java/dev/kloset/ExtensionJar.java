package dev.kloset;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;

/** One jar that a user supplies. Opened for each look, and closed again. */
record ExtensionJar(Path file) {

    private static final String OURS = "dev/kloset/";
    private static final String VERSIONS = "META-INF/versions/";
    private static final int JAVA_OF_VERSION_0 = 44; // the classes of Java 25 have the version 69

    /**
     * {@return the jar}
     *
     * @throws IOException if it cannot be used; the message is the end of a sentence
     */
    static ExtensionJar of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        try (InputStream _ = Files.newInputStream(file); JarFile jar = new JarFile(file.toFile(), false)) {
            boolean asked = false;
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (!name.endsWith(".class")) {
                    continue;
                }
                if (isOurs(name)) {
                    throw new IOException("it contains classes of the Kloset SDK (" + name
                            + "), which only the plugin itself may have");
                }
                if (!asked && !name.startsWith("META-INF/") && !name.equals("module-info.class")) {
                    version(jar, entry);
                    asked = true;
                }
            }
            return new ExtensionJar(file);
        } catch (ZipException e) {
            throw new IOException("it is not a jar", e);
        }
    }

    private static boolean isOurs(String name) {
        String path = name.startsWith(VERSIONS) ? name.substring(name.indexOf('/', VERSIONS.length()) + 1) : name;
        return path.startsWith(OURS);
    }

    /** Refuse a jar whose classes this Java cannot read, before the JVM does in its own words. */
    private static void version(JarFile jar, JarEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.skipNBytes(6);
            int java = in.readUnsignedShort() - JAVA_OF_VERSION_0;
            if (java > Runtime.version().feature()) {
                throw new IOException(newer(java));
            }
        }
    }

    private static String newer(int java) {
        return "it is written for Java " + java + ", and this plugin runs with Java " + Runtime.version().feature();
    }

    String name() {
        return String.valueOf(file.getFileName());
    }

    /** {@return the implementations that the jar names} */
    List<String> providers(Class<?> service) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            JarEntry entry = jar.getJarEntry("META-INF/services/" + service.getName());
            if (entry == null) {
                return List.of();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .toList();
            }
        }
    }
}
