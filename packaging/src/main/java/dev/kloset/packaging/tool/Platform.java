package dev.kloset.packaging.tool;

import dev.kloset.internal.GoNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A system and a processor, in Go's terms, which Plakar uses. */
public record Platform(String os, String arch) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    public static Platform here() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    private static Platform of(String system, String processor) {
        return new Platform(GoNames.operatingSystem(system), GoNames.architecture(processor));
    }

    /** {@return the directory of modules in a JDK, or {@code directory} if it is itself one} */
    public static Path jmods(Path directory) throws PackagingException {
        for (Path candidate : new Path[]{ directory, directory.resolve("jmods") }) {
            if (Files.exists(candidate.resolve("java.base.jmod"))) {
                return candidate;
            }
        }
        throw new PackagingException(
                directory + " has no java.base.jmod, neither itself nor in jmods: some JDKs come without it; "
                        + "take the archive of jmods of the same version for the other system");
    }

    /** {@return the platform of {@code jmods}} */
    public static Platform of(Jdk jdk, Path jmods) throws PackagingException, IOException, InterruptedException {
        ExternalCommand describe = new ExternalCommand(ExternalCommand.command(jdk.tool("jmod"), "describe",
                jmods.resolve("java.base.jmod").toString()));
        String described = describe.succeed("find the platform of " + jmods, PATIENCE).out();
        for (String line : described.lines().toList()) {
            String[] words = line.strip().split("[ -]", 3);
            if (words.length == 3 && words[0].equals("platform")) {
                return checked(of(words[1], words[2]));
            }
        }
        throw new PackagingException("jmod does not say for which platform " + jmods + " is");
    }

    private static Platform checked(Platform platform) throws PackagingException {
        if (platform.os().equals("windows")) {
            throw new PackagingException(
                    "packages for Windows cannot be made yet: the launcher is a shell script, and Plakar "
                            + "starts only .exe files there");
        }
        return platform;
    }
}
