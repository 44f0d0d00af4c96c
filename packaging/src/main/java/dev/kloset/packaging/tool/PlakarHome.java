package dev.kloset.packaging.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A home directory for Plakar that is not the user's.
 *
 * @param caches a directory of its own with a short path, because Plakar makes a socket in it
 */
public record PlakarHome(Path directory, Path caches) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);

    public static PlakarHome at(Path directory) throws IOException {
        return new PlakarHome(directory, Files.createTempDirectory("kloset-cache"));
    }

    /**
     * {@return the environment for Plakar} It turns off the start-up cache, which would be made in the background for a plugin
     * that is gone by then.
     */
    public Map<String, String> environment() {
        return Map.of("HOME", directory.toString(), "XDG_CONFIG_HOME", directory.resolve("config").toString(),
                "XDG_DATA_HOME", directory.resolve("data").toString(), "XDG_CACHE_HOME", caches.toString(),
                "KLOSET_NO_START_CACHE", "1");
    }

    /** Keep Plakar from asking the network for a newer version. */
    public void prepare(Plakar plakar) throws PackagingException, IOException, InterruptedException {
        Files.createDirectories(directory);
        plakar.command(List.of("-disable-security-check"), this).succeed("prepare a home for plakar", PATIENCE);
    }

    /** End the processes that Plakar leaves running for this home, and remove its caches. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> left = ours().toList();
        left.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : left) {
            try {
                process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        Directories.delete(caches);
    }

    /**
     * {@return the processes of this home} Plakar's daemon gets the directory of its caches as an argument, and plugins are
     * started by their paths in there.
     */
    private Stream<ProcessHandle> ours() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> Stream.of(arguments).anyMatch(each -> each.startsWith(caches.toString())))
                        .orElse(false));
    }
}
