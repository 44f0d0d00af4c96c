package dev.kloset.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** What the build stages for a parent POM and one jar, for tests to spoil before it is signed and bundled. */
final class SampleRelease {

    static final String VERSION = "1.2.0";

    private static final String PARENT = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>dev.kloset</groupId>
              <artifactId>kloset-parent</artifactId>
              <version>1.2.0</version>
              <packaging>pom</packaging>
              <name>Parent</name>
              <description>Of all</description>
              <url>${home}</url>
              <licenses><license><name>ISC</name><url>https://opensource.org/license/isc</url></license></licenses>
              <developers><developer><name>We</name></developer></developers>
              <scm><connection>scm:git:${home}.git</connection><url>${home}</url></scm>
              <properties><home>https://plakar.io/sample</home></properties>
            </project>
            """;

    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>dev.kloset</groupId>
                <artifactId>kloset-parent</artifactId>
                <version>1.2.0</version>
              </parent>
              <artifactId>kloset-sample</artifactId>
              <name>Sample</name>
            </project>
            """;

    private final Path staging;
    private final Path keys;

    /** @param keys a directory with one key, without a passphrase */
    SampleRelease(Path staging, Path keys) throws IOException {
        this.staging = staging;
        this.keys = keys;
        write(parentPom(), PARENT);
        write(pom(), POM);
        jar("", contents());
        jar("-sources", Map.of("META-INF/LICENSE", "free", "Sample.java", "class Sample {}"));
        jar("-javadoc", Map.of("META-INF/LICENSE", "free", "index.html", "Sample"));
    }

    static Map<String, String> contents() {
        return new LinkedHashMap<>(Map.of("META-INF/LICENSE", "free", "Sample.class", "code",
                "META-INF/maven/dev.kloset/kloset-sample/pom.properties", "version=1.2.0"));
    }

    Path parentPom() {
        return staging.resolve("dev/kloset/kloset-parent/1.2.0/kloset-parent-1.2.0.pom");
    }

    Path pom() {
        return artifact(".pom");
    }

    Path artifact(String ending) {
        return staging.resolve("dev/kloset/kloset-sample/1.2.0/kloset-sample-1.2.0" + ending);
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    void jar(String kind, Map<String, String> entries) throws IOException {
        jar(kind, entries, Map.of("Implementation-Version", VERSION, "Automatic-Module-Name", "dev.kloset.sample"));
    }

    void jar(String kind, Map<String, String> entries, Map<String, String> headers) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream file = Files.newOutputStream(artifact(kind + ".jar"));
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Sign everything and make the bundle, as a release does. */
    void bundle(Path zip) throws IOException, InterruptedException {
        for (Path file : Bundle.files(staging)) {
            gpg(keys, "--armor", "--detach-sign", file.toString());
        }
        Bundle.write(staging, VERSION, zip);
    }

    static void gpg(Path keys, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gpg", "--homedir", keys.toString(), "--batch",
                "--quiet", "--passphrase", "", "--pinentry-mode", "loopback"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("gpg failed: " + said);
        }
    }
}
