package dev.kloset.testkit.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the children of a plugin that have its standard output open, if {@code /proc} is there to show it. Any thread. */
public final class StandardOutputHolders {

    private static final Path PROC = Path.of("/proc");
    private static final long FORK_MILLIS = 100;

    private final @Nullable Path pipe;
    private final Set<String> seen = new LinkedHashSet<>(); // guarded by this

    private StandardOutputHolders(@Nullable Path pipe) {
        this.pipe = pipe;
    }

    /** {@return whether this system shows the open files of a process} */
    public static boolean canBeSeen() {
        return Files.isDirectory(PROC.resolve("self/fd"));
    }

    /** Remember the standard output of a process just started, before the process can replace it. */
    static StandardOutputHolders of(long pid) {
        Path out = target(PROC.resolve(pid + "/fd/1"));
        // A launcher that protects standard output uses the same pipe for both; then they cannot be distinguished.
        return new StandardOutputHolders(
                out == null || out.equals(target(PROC.resolve(pid + "/fd/2"))) ? null : out);
    }

    /** Examine these children now. A child under construction still has everything its parent has, so each child is examined twice. */
    void look(List<ProcessHandle> children) {
        List<ProcessHandle> suspects = children.stream().filter(child -> hasPipe(child.pid())).toList();
        if (suspects.isEmpty()) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(FORK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        for (ProcessHandle suspect : suspects) {
            if (hasPipe(suspect.pid())) {
                synchronized (this) {
                    seen.add(suspect.info().command().orElse("a program") + " (process " + suspect.pid() + ")");
                }
            }
        }
    }

    synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    private boolean hasPipe(long pid) {
        if (pipe == null) {
            return false;
        }
        List<Path> all = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(PROC.resolve(pid + "/fd"))) {
            descriptors.forEach(all::add);
        } catch (IOException e) {
            return false; // the process is gone, or belongs to another user
        }
        return all.stream().anyMatch(descriptor -> pipe.equals(target(descriptor)));
    }

    private static @Nullable Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }
}
