package dev.kloset.packaging.sbom;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Describes the parts of an image. */
public final class Components {

    private static final String OPENJDK = "GPL-2.0-only WITH Classpath-exception-2.0";

    private Components() {}

    /** {@return the package itself} */
    public static Component plugin(String name, String version, String licence) {
        return new Component("application", "", name, version, "", "", licence.isEmpty() ? List.of() : List.of(licence),
                "", Map.of());
    }

    /**
     * {@return one jar}
     *
     * @param origin the element of the class path
     * @param name the jar made from it, relative to the image
     */
    public static Component library(Path origin, Path image, String name, DeclaredLibraries declared)
            throws IOException {
        Path jar = image.resolve(name);
        JarDescription own = JarDescription.read(jar);
        Optional<Coordinates> known = declared.of(origin).or(own::coordinates);
        List<String> licences = known.map(declared::licences).filter(list -> !list.isEmpty()).orElse(own.licences());
        String file = String.valueOf(jar.getFileName()).replaceFirst("(-\\Q" + own.version() + "\\E)?\\.jar$", "");
        return new Component("library", known.map(Coordinates::group).orElse(""),
                known.map(Coordinates::artifact).orElse(file),
                known.map(Coordinates::version).orElse(own.version()), known.map(Coordinates::purl).orElse(""), "",
                licences, sha256(jar), Map.of("file", name));
    }

    /** {@return the Java of a package, from the file in which it describes itself} */
    public static Component java(Path image, String runtime) throws IOException {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(image.resolve(runtime).resolve("release"))) {
            release.load(in);
        }
        String version = unquoted(release, "JAVA_RUNTIME_VERSION").orElse(
                unquoted(release, "JAVA_VERSION").orElse(""));
        Map<String, String> properties = unquoted(release, "MODULES").map(modules -> Map.of("file", runtime, "modules",
                modules)).orElse(Map.of("file", runtime));
        return new Component("platform", unquoted(release, "IMPLEMENTOR").orElse(""), "openjdk", version,
                "pkg:generic/openjdk@" + version.replace("+", "%2B"), "", javaLicences(image.resolve(runtime)), "",
                properties);
    }

    /** Not every Java is OpenJDK under its own licence. */
    private static List<String> javaLicences(Path runtime) throws IOException {
        Path text = runtime.resolve("legal/java.base/LICENSE");
        boolean free = Files.exists(text) && Files.readString(text).contains("GNU General Public License");
        return free ? List.of(OPENJDK) : List.of();
    }

    private static Optional<String> unquoted(Properties release, String key) {
        return Optional.ofNullable(release.getProperty(key)).map(value -> value.replace("\"", ""));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
