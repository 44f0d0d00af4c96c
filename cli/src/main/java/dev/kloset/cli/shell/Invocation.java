package dev.kloset.cli.shell;

import dev.kloset.Options;
import dev.kloset.internal.GoNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How and where the user started the command.
 *
 * @param home the directory of this command, null if unknown
 * @param directory the directory in which the user typed the command
 */
public record Invocation(@Nullable Path home, Path userHome, Path directory, Map<String, String> environment) {

    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    public static Invocation ofThisProcess() {
        String home = System.getProperty("kloset.home");
        return new Invocation(home == null ? null : Path.of(home), Path.of(System.getProperty("user.home")),
                Path.of("").toAbsolutePath(), System.getenv());
    }

    public boolean isDebugging() {
        return environment.getOrDefault("KLOSET_DEBUG", "").equals("1");
    }

    /** {@return the time after which the command reports what it is waiting for; zero for never} */
    Duration patience() {
        return Patience.of(environment.getOrDefault(Patience.VARIABLE, ""));
    }

    /** {@return what this host tells connectors about itself} */
    public Options options(int concurrency, List<String> excludes) {
        return Options.builder()
                .hostname(hostname())
                .operatingSystem(GoNames.operatingSystem(System.getProperty("os.name")))
                .architecture(GoNames.architecture(System.getProperty("os.arch")))
                .cwd(directory.toString())
                .maxConcurrency(concurrency)
                .excludes(excludes)
                .build();
    }

    /** {@return the name of this machine} Asks the kernel first, because the resolver may wait seconds for a name server. */
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
}
