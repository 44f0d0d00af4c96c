package dev.kloset.maven;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.toolchain.Toolchain;
import org.jspecify.annotations.Nullable;

/** Finds a JDK that is new enough. The one that runs Maven may be older. */
final class JavaHomes {

    static final int REQUIRED = 25;

    private final @Nullable Toolchain toolchain;

    JavaHomes(@Nullable Toolchain toolchain) {
        this.toolchain = toolchain;
    }

    /**
     * {@return the home of a JDK}
     *
     * @param named the JDK that the user names; the result is this one, or a failure that says what is wrong with it
     */
    Path find(@Nullable File named) throws MojoFailureException {
        if (named != null) {
            if (!isGood(named.toPath())) {
                throw new MojoFailureException(named + " is given as the JDK but is not a JDK " + REQUIRED
                        + " or newer: correct -Dkloset.jdk or <jdk>");
            }
            return named.toPath();
        }
        return candidates().stream()
                .filter(JavaHomes::isGood)
                .findFirst()
                .orElseThrow(() -> new MojoFailureException("needs a JDK " + REQUIRED
                        + " or newer and found none: install one (https://adoptium.net has it) or name its directory "
                        + "with -Dkloset.jdk=DIRECTORY"));
    }

    private List<Path> candidates() {
        List<Path> homes = new ArrayList<>();
        String java = toolchain == null ? null : toolchain.findTool("java");
        if (java != null) {
            Path bin = Path.of(java).getParent();
            if (bin != null && bin.getParent() != null) {
                homes.add(bin.getParent());
            }
        }
        String variable = System.getenv("JAVA_HOME");
        if (variable != null && !variable.isEmpty()) {
            homes.add(Path.of(variable));
        }
        homes.add(Path.of(System.getProperty("java.home", "")));
        Path user = Path.of(System.getProperty("user.home", ""));
        for (Path directory : List.of(Path.of("/usr/lib/jvm"), Path.of("/opt/java"), user.resolve(".jdks"),
                user.resolve(".sdkman/candidates/java"))) {
            homes.addAll(below(directory));
        }
        for (Path bundle : below(Path.of("/Library/Java/JavaVirtualMachines"))) {
            homes.add(bundle.resolve("Contents/Home"));
        }
        return homes;
    }

    private static List<Path> below(Path directory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            // No Java is installed there.
            return List.of();
        }
        found.sort(null);
        return found;
    }

    /**
     * {@return whether the JDK in {@code home} is suitable} Reads its version from a file, because starting every Java would
     * take seconds.
     */
    static boolean isGood(Path home) {
        String suffix = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows") ? ".exe" : "";
        if (!Files.isExecutable(home.resolve("bin").resolve("jlink" + suffix))) {
            return false;
        }
        try {
            Properties release = new Properties();
            release.load(new StringReader(Files.readString(home.resolve("release"))));
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Integer.parseInt(version.split("[^0-9]", 2)[0]) >= REQUIRED;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
