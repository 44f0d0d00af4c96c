package dev.kloset.cli.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts any number of entries by their paths, with no more memory than it may have: what does not fit goes into sorted files, which
 * are merged. Add from any threads; then read from one. Its owner deletes the directory.
 */
final class EntrySorter {

    /** How many files are open at once. */
    private static final int FAN_IN = 32;

    private final Path directory;
    private final String name;
    private final long memory;
    private final Deque<Path> runs = new ArrayDeque<>(); // guarded by this
    private List<Entry> held = new ArrayList<>(); // guarded by this
    private long heldBytes; // guarded by this
    private int files; // guarded by this

    /**
     * @param name the beginning of the names of its files
     * @param memory how many bytes of entries to hold
     */
    EntrySorter(Path directory, String name, long memory) {
        this.directory = directory;
        this.name = name;
        this.memory = memory;
    }

    synchronized void add(Entry entry) throws IOException {
        held.add(entry);
        heldBytes += entry.bytes();
        if (heldBytes > memory) {
            spill();
        }
    }

    private void spill() throws IOException {
        Path file = newFile();
        SortedRun.write(file, held.size(), sortedHeld());
        runs.addLast(file);
    }

    private Path newFile() {
        return directory.resolve(name + files++);
    }

    private SortedEntries sortedHeld() {
        held.sort(null);
        Iterator<Entry> sorted = held.iterator();
        held = new ArrayList<>();
        heldBytes = 0;
        return new SortedEntries() {
            @Override
            public @Nullable Entry next() {
                return sorted.hasNext() ? sorted.next() : null;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    /** {@return everything that was added, in order} Call it once, after the last {@link #add}. */
    synchronized SortedEntries sorted() throws IOException {
        if (runs.isEmpty()) {
            return sortedHeld();
        }
        if (!held.isEmpty()) {
            spill();
        }
        while (runs.size() > FAN_IN) {
            mergeSome();
        }
        return MergedRuns.open(List.copyOf(runs));
    }

    private void mergeSome() throws IOException {
        List<Path> some = new ArrayList<>();
        while (some.size() < FAN_IN) {
            some.add(runs.removeFirst());
        }
        Path file = newFile();
        try (MergedRuns merged = MergedRuns.open(some)) {
            SortedRun.write(file, merged.count(), merged);
        }
        for (Path each : some) {
            Files.delete(each);
        }
        runs.addLast(file);
    }
}
