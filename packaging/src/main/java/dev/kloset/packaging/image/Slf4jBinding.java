package dev.kloset.packaging.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks for a mistake that is easily made: libraries bring the API of SLF4J, and the plugin must bring what connects it to its log.
 * Without that, three lines on standard error welcome the user at each start, and what the libraries log is lost.
 */
final class Slf4jBinding {

    private static final String API = "org/slf4j/LoggerFactory.class";
    private static final String OLD_BINDING = "org/slf4j/impl/StaticLoggerBinder.class";
    private static final String PROVIDER = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
    private static final String VERSION = "META-INF/maven/org.slf4j/slf4j-api/pom.properties";
    private static final Pattern VERSION_IN_NAME = Pattern.compile("slf4j-api-([0-9][^/]*)\\.jar");

    private final List<Path> jars;

    Slf4jBinding(List<Path> jars) {
        this.jars = List.copyOf(jars);
    }

    /** Warn if there is an API without a binding of its generation. */
    void check(PrintStream err) {
        for (Path jar : jars) {
            if (!has(jar, API)) {
                continue;
            }
            String version = version(jar);
            boolean old = version.startsWith("1.") && !version.startsWith("1.8");
            if (jars.stream().noneMatch(each -> has(each, old ? OLD_BINDING : PROVIDER))) {
                err.println(jar.getFileName() + " has no binding" + (jars.stream()
                        .anyMatch(each -> has(each,
                                old ? PROVIDER : OLD_BINDING)) ? " of its version (there is one of another)" : "")
                        + ": the plugin would print lines of SLF4J at each start, and lose what its libraries log; add "
                        + "org.slf4j:slf4j-jdk14:" + (version.isEmpty() ? "VERSION of slf4j-api" : version));
            }
        }
    }

    /** A jar that cannot be read has none: the search for modules has already said so. */
    private static boolean has(Path jar, String entry) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getEntry(entry) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static String version(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(VERSION);
            if (entry != null) {
                Properties properties = new Properties();
                try (InputStream in = zip.getInputStream(entry)) {
                    properties.load(in);
                }
                return properties.getProperty("version", "");
            }
        } catch (IOException e) {
            return "";
        }
        return Optional.of(VERSION_IN_NAME.matcher(jar.getFileName().toString()))
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .orElse("");
    }
}
