package dev.kloset.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** What every jar of a release contains. */
final class JarRules {

    private JarRules() {}

    /**
     * {@return the broken rules, to follow the name of the jar in a sentence}
     *
     * @param pom that of the artifact, if this is its main jar
     */
    static List<String> problems(Path file, @Nullable Pom pom) throws IOException {
        List<String> problems = new ArrayList<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            if (jar.getEntry("META-INF/LICENSE") == null) {
                problems.add("has no META-INF/LICENSE");
            }
            if (pom != null) {
                checkMain(jar, pom, problems);
            }
        } catch (ZipException e) {
            problems.add("is no jar: " + e.getMessage());
        }
        return problems;
    }

    private static void checkMain(JarFile jar, Pom pom, List<String> problems) throws IOException {
        String properties = "META-INF/maven/" + pom.group() + "/" + pom.artifact() + "/pom.properties";
        if (jar.getEntry(properties) == null) {
            problems.add("has no " + properties);
        }
        if (jar.stream().noneMatch(entry -> entry.getName().endsWith(".class"))) {
            return; // an archetype
        }
        if (!Objects.equals(header(jar, "Implementation-Version"), pom.version())) {
            problems.add("does not say in its manifest that it is version " + pom.version());
        }
        if (jar.getEntry("module-info.class") == null && header(jar, "Automatic-Module-Name") == null) {
            problems.add(
                    "has neither a module descriptor nor an Automatic-Module-Name, so its name follows the file's");
        }
    }

    private static @Nullable String header(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(JarFile.MANIFEST_NAME))) {
            return new Manifest(in).getMainAttributes().getValue(name);
        }
    }
}
