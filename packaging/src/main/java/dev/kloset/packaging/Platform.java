package dev.kloset.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A system and a processor, in Go's words, which Plakar uses. */
record Platform(String os, String arch) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Map<String, String> SYSTEMS = Map.of("linux", "linux", "macos", "darwin", "mac os x", "darwin",
            "freebsd", "freebsd", "windows", "windows");
    private static final Map<String, String> PROCESSORS = Map.of("amd64", "amd64", "x86_64", "amd64", "aarch64",
            "arm64",
            "x86", "386", "i386", "386", "arm", "arm", "ppc64le", "ppc64le", "s390x", "s390x", "riscv64", "riscv64");

    static Platform here() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    private static Platform of(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT);
        String arch = processor.toLowerCase(Locale.ROOT);
        return new Platform(SYSTEMS.getOrDefault(os, os), PROCESSORS.getOrDefault(arch, arch));
    }

    /** {@return the directory of modules in a JDK, or {@code directory} if it is one itself} */
    static Path jmods(Path directory) throws PackagingException {
        for (Path candidate : new Path[]{ directory, directory.resolve("jmods") }) {
            if (Files.exists(candidate.resolve("java.base.jmod"))) {
                return candidate;
            }
        }
        throw new PackagingException(
                directory + " has no java.base.jmod, neither itself nor in jmods: some JDKs come without, "
                        + "take the archive of jmods of the same version for the other system");
    }

    /** {@return the platform that {@code jmods} are for} */
    static Platform of(Jdk jdk, Path jmods) throws PackagingException, IOException, InterruptedException {
        Program describe = new Program(Program.command(jdk.tool("jmod"), "describe",
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
