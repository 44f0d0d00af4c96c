package dev.kloset.packaging.tool;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The JDK that supplies the tools, runs the author's classes, and provides the runtime of the image.
 *
 * @param home its directory
 */
public record Jdk(Path home) {

    public static Jdk of(Arguments arguments) throws UsageException, PackagingException {
        Jdk jdk = new Jdk(arguments.optionalPath("java-home").orElse(Path.of(System.getProperty("java.home", ""))));
        for (String tool : new String[]{ "java", "jlink", "jmod" }) {
            if (!Files.isExecutable(jdk.program(tool))) {
                throw new PackagingException(jdk.home + " is not a JDK: it has no bin/" + tool
                        + ": install a JDK 25 (not a JRE) or name one with --java-home");
            }
        }
        return jdk;
    }

    public Path program(String tool) {
        return home.resolve("bin").resolve(tool);
    }

    public String tool(String tool) {
        return program(tool).toString();
    }

    /** {@return the version of its Java, such as 25} */
    public int version() throws IOException {
        return Runtime.Version.parse(fullVersion()).feature();
    }

    /** {@return the version of its Java with all numbers, such as 25.0.1} */
    public String fullVersion() throws IOException {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        }
        return release.getProperty("JAVA_VERSION", "").replace("\"", "");
    }
}
