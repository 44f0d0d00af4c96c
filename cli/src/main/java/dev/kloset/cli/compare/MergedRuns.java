package dev.kloset.cli.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Several sorted files, read as one. */
final class MergedRuns implements SortedEntries {

    private final List<SortedRun> runs = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>();
    private long count;

    private record Head(Entry entry, SortedRun run) implements Comparable<Head> {

        @Override
        public int compareTo(Head other) {
            return entry.compareTo(other.entry);
        }
    }

    static MergedRuns open(List<Path> files) throws IOException {
        MergedRuns merged = new MergedRuns();
        boolean opened = false;
        try {
            for (Path file : files) {
                SortedRun run = SortedRun.open(file);
                merged.runs.add(run);
                merged.count += run.count();
                merged.advance(run);
            }
            opened = true;
            return merged;
        } finally {
            if (!opened) {
                merged.close();
            }
        }
    }

    /** {@return how many entries there are in all} */
    long count() {
        return count;
    }

    private void advance(SortedRun run) throws IOException {
        Entry entry = run.next();
        if (entry != null) {
            heads.add(new Head(entry, run));
        }
    }

    @Override
    public @Nullable Entry next() throws IOException {
        Head least = heads.poll();
        if (least == null) {
            return null;
        }
        advance(least.run());
        return least.entry();
    }

    @Override
    public void close() throws IOException {
        for (SortedRun run : runs) {
            run.close();
        }
    }
}
