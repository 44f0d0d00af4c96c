package dev.kloset.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Limits the resources of each process of a program, as a container or a service does. */
final class ControlGroups implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path parent;
    private final String file;
    private final long limit;
    private final String prefix = "kloset-" + ProcessHandle.current().pid() + "-";

    private ControlGroups(Path parent, String file, long limit) {
        this.parent = parent;
        this.file = file;
        this.limit = limit;
    }

    /** {@return groups of at most {@code limit} bytes of memory each} The kernel kills a process that needs more. */
    static ControlGroups ofMemory(long limit) {
        return of("memory", "memory.limit_in_bytes", limit);
    }

    /** {@return groups of at most {@code limit} threads each} A process cannot start more. */
    static ControlGroups ofThreads(long limit) {
        return of("pids", "pids.max", limit);
    }

    private static ControlGroups of(String controller, String file, long limit) {
        Path parent = Path.of("/sys/fs/cgroup", controller);
        assumeTrue(Files.isWritable(parent.resolve("cgroup.procs")),
                "needs control groups of version 1 with the controller " + controller + " at " + parent);
        return new ControlGroups(parent, file, limit);
    }

    /** {@return the beginning of a command line that runs the remaining words in a group of their own} */
    List<String> command() {
        return List.of("sh", "-c", """
                group=%s/%s$$
                mkdir "$group" && echo %d >"$group/%s" && echo $$ >"$group/cgroup.procs" || exit 99
                exec "$@"
                """.formatted(parent, prefix, limit, file), "sh");
    }

    /** {@return the largest number in {@code file} over all groups} */
    long greatest(String file) throws IOException {
        long greatest = 0;
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path group : groups) {
                greatest = Math.max(greatest, Long.parseLong(Files.readString(group.resolve(file)).strip()));
            }
        }
        return greatest;
    }

    /**
     * Remove the groups. Their processes must have ended. But the host does not wait for the very end of a plugin, so the
     * kernel may still count one as a member.
     */
    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path group : groups) {
                Await.until(group + " has no process any more", PATIENCE, () -> isRemoved(group));
            }
        }
    }

    private static boolean isRemoved(Path group) throws IOException {
        if (!Files.readString(group.resolve("cgroup.procs")).isEmpty()) {
            return false;
        }
        try {
            Files.delete(group);
            return true;
        } catch (FileSystemException e) {
            // A process that has just left its group may keep it busy for a moment: EBUSY, for which Java has no exception.
            return false;
        }
    }
}
