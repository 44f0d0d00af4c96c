package dev.kloset.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds the processes that descend from our commands by a mark in their environment, which also reaches daemons that leave
 * their session and children whose parent has died. It ignores all other processes.
 */
final class ProcessWatch {

    private static final String VARIABLE = "KLOSET_INTEROP_MARK";

    private final String mark = UUID.randomUUID().toString();

    /** A process that carries the mark. */
    record Found(long pid, String commandLine) {

        boolean isCached() {
            return commandLine.contains("plakar") && commandLine.endsWith(" cached");
        }

        boolean isPlakar() {
            return commandLine.contains("/plakar ");
        }

        /** {@return whether this is the process of an integration rather than one of Plakar's own} */
        boolean isPlugin() {
            return !isPlakar();
        }

        @Override
        public String toString() {
            return pid + " " + commandLine;
        }
    }

    void mark(Map<String, String> environment) {
        environment.put(VARIABLE, mark);
    }

    List<Found> processes() throws IOException {
        List<Found> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                if (read(process.resolve("environ")).contains(VARIABLE + "=" + mark)) {
                    String commandLine = read(process.resolve("cmdline")).replace('\0', ' ').strip();
                    found.add(new Found(Long.parseLong(process.getFileName().toString()), commandLine));
                }
            }
        }
        return found;
    }

    List<Found> plugins() throws IOException {
        return processes().stream().filter(Found::isPlugin).toList();
    }

    /** {@return whether a plugin is writing a file in {@code directory}, even an unnamed one} */
    boolean hasOpen(Path directory) throws IOException {
        for (Found plugin : plugins()) {
            if (openFiles(plugin.pid()).stream().anyMatch(file -> file.startsWith(directory + "/"))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> openFiles(long pid) throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : all) {
                open.add(Files.readSymbolicLink(descriptor).toString());
            }
        } catch (NoSuchFileException | DirectoryIteratorException e) {
            // The process has just ended, or closed a file.
            return open;
        }
        return open;
    }

    /** Wait until only Plakar's cache daemon, which outlives commands, and its plugins are left. */
    void awaitNoneButCached(Duration patience) throws IOException {
        Await.until(patience, () -> strangers().isEmpty(), () -> "processes ended: " + describe());
    }

    void awaitNone(Duration patience) throws IOException {
        Await.until(patience, () -> processes().isEmpty(), () -> "all processes ended: " + describe());
    }

    private List<Found> strangers() throws IOException {
        List<Found> all = processes();
        List<Long> cached = all.stream().filter(Found::isCached).map(Found::pid).toList();
        return all.stream().filter(p -> !cached.contains(p.pid()) && !cached.contains(parentOf(p.pid()))).toList();
    }

    private static long parentOf(long pid) {
        return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).map(ProcessHandle::pid).orElse(0L);
    }

    private String describe() {
        try {
            return processes().toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** {@return the text of the file; empty if the process is gone or belongs to another user} */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
