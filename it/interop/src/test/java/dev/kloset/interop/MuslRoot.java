package dev.kloset.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The root directory of a small system with musl, such as Alpine: Debian's musl, and Debian's busybox, which needs no library,
 * for every command. It contains nothing of glibc. Programs in it see a few directories of this system under their own names.
 */
final class MuslRoot {

    private static final Path LIBRARIES = Path.of("/lib");
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** The mounts end together with the processes that see them. */
    private static final String ENTER = """
            root=$1
            shift
            while [ "$1" != -- ]; do
                mkdir -p "$root$1" && mount --rbind "$1" "$root$1" || exit 125
                shift
            done
            shift
            exec chroot "$root" "$@"
            """;

    private final Path root;
    private final List<Path> seen;

    private MuslRoot(Path root, List<Path> seen) {
        this.root = root;
        this.seen = seen;
    }

    /** {@return a system in {@code root} that sees the directories {@code seen}} Skips the test where such a system cannot be made. */
    static MuslRoot make(Path root, Path... seen) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BUSYBOX), "there is no " + BUSYBOX + ": apt-get install busybox-static");
        assumeTrue(new ProcessBuilder("unshare", "--mount", "true").start().waitFor() == 0,
                "this test needs the right to mount: run it as root, in a container with CAP_SYS_ADMIN");
        for (String directory : List.of("bin", "lib", "etc", "tmp")) {
            Files.createDirectories(root.resolve(directory));
        }
        addCommands(root.resolve("bin"));
        try (DirectoryStream<Path> loaders = Files.newDirectoryStream(LIBRARIES, "ld-musl-*")) {
            List<Path> found = new ArrayList<>();
            loaders.forEach(found::add);
            assumeTrue(!found.isEmpty(), "there is no musl in " + LIBRARIES + ": apt-get install musl");
            for (Path loader : found) {
                Files.copy(loader.toRealPath(), root.resolve("lib").resolve(loader.getFileName()));
            }
        }
        for (String file : List.of("passwd", "group")) {
            Files.copy(Path.of("/etc", file), root.resolve("etc").resolve(file));
        }
        Files.writeString(root.resolve("etc/hosts"), "127.0.0.1 localhost\n192.0.2.7 seven.example\n");
        List<Path> all = new ArrayList<>(List.of(Path.of("/proc"), Path.of("/dev")));
        all.addAll(List.of(seen));
        MuslRoot made = new MuslRoot(root, all);
        assumeTrue(made.run(Map.of(), "true").exit() == 0,
                BUSYBOX + " needs libraries: apt-get install busybox-static");
        return made;
    }

    private static void addCommands(Path directory) throws IOException, InterruptedException {
        Files.copy(BUSYBOX, directory.resolve("busybox"));
        Outcome list = RunningCommand.start(List.of(BUSYBOX.toString(), "--list"), Map.of(), directory).end(PATIENCE);
        for (String command : list.orFail().lines()) {
            if (!command.equals("busybox")) {
                Files.createSymbolicLink(directory.resolve(command), Path.of("busybox"));
            }
        }
    }

    /** {@return the beginning of a command line that runs the remaining words in this system} */
    List<String> entry() {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c",
                ENTER, "enter", root.toString()));
        seen.forEach(directory -> command.add(directory.toString()));
        command.add("--");
        return command;
    }

    Outcome run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(entry());
        all.addAll(List.of("/bin/busybox", "env", "-i", "PATH=/bin", "HOME=/"));
        environment.forEach((name, value) -> all.add(name + "=" + value));
        all.addAll(List.of(command));
        return RunningCommand.start(all, Map.of("PATH", System.getenv("PATH")), root).end(PATIENCE);
    }

    /** {@return a file of this system, as seen from outside} */
    Path file(String name) {
        return root.resolve(name);
    }
}
