package dev.kloset.cli;

import dev.kloset.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the command was started.
 *
 * @param home the directory of this command, null if unknown
 * @param directory in which the user gave the command
 */
record Surroundings(@Nullable Path home, Path userHome, Path directory, Map<String, String> environment) {

    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    static Surroundings ofThisProcess() {
        String home = System.getProperty("kloset.home");
        return new Surroundings(home == null ? null : Path.of(home), Path.of(System.getProperty("user.home")),
                Path.of("").toAbsolutePath(), System.getenv());
    }

    boolean isDebugging() {
        return environment.getOrDefault("KLOSET_DEBUG", "").equals("1");
    }

    /** {@return after how long the user hears what a plugin is waited for; zero for never} */
    Duration patience() {
        return Patience.of(environment.getOrDefault(Patience.VARIABLE, ""));
    }

    /** {@return what a host says about itself to connectors} */
    Options options(int concurrency, List<String> excludes) {
        return Options.builder()
                .hostname(hostname())
                .operatingSystem(operatingSystem(System.getProperty("os.name")))
                .architecture(architecture(System.getProperty("os.arch")))
                .cwd(directory.toString())
                .maxConcurrency(concurrency)
                .excludes(excludes)
                .build();
    }

    /** Asks the kernel first: the resolver may wait seconds for a name server. */
    private static String hostname() {
        try {
            return Files.readString(LINUX_HOST_NAME).strip();
        } catch (IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "localhost";
            }
        }
    }

    static String operatingSystem(String javaName) {
        String name = javaName.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "darwin";
        }
        return name.startsWith("windows") ? "windows" : name.replace(" ", "");
    }

    static String architecture(String javaName) {
        return switch (javaName) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "x86", "i386", "i686" -> "386";
            default -> javaName;
        };
    }
}
