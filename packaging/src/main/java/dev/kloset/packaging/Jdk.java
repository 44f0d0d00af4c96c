package dev.kloset.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The JDK that tools are taken from, that runs the author's classes, and whose runtime goes into the image.
 *
 * @param home its directory
 */
record Jdk(Path home) {

    static Jdk of(Arguments arguments) throws UsageException, PackagingException {
        Jdk jdk = new Jdk(arguments.optionalPath("java-home").orElse(Path.of(System.getProperty("java.home", ""))));
        for (String tool : new String[]{ "java", "jlink", "jdeps", "jmod" }) {
            if (!Files.isExecutable(jdk.program(tool))) {
                throw new PackagingException(jdk.home + " is no JDK, it has no bin/" + tool
                        + ": install a JDK 25 (not a JRE) or name one with --java-home");
            }
        }
        return jdk;
    }

    Path program(String tool) {
        return home.resolve("bin").resolve(tool);
    }

    String tool(String tool) {
        return program(tool).toString();
    }

    /** {@return whether its runtime contains {@code module}} */
    boolean has(String module) throws IOException {
        return Files.readString(home.resolve("release")).contains(module);
    }
}
