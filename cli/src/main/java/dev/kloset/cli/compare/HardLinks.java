package dev.kloset.cli.compare;

import java.io.IOException;
import java.nio.file.Path;

/** Finds paths that name one file on one side and several files on the other. */
final class HardLinks {

    private final EntrySorter byA;
    private final EntrySorter byB;

    HardLinks(Path directory, long memory) {
        this.byA = new EntrySorter(directory, "links-a", memory);
        this.byB = new EntrySorter(directory, "links-b", memory);
    }

    void add(Entry a, Entry b) throws IOException {
        if (a.type() == EntryType.FILE && (a.linked() || b.linked()) && !a.inode().isEmpty() && !b.inode().isEmpty()) {
            byA.add(Entry.pair(a.inode() + '\0' + a.key(), b.inode()));
            byB.add(Entry.pair(b.inode() + '\0' + b.key(), a.inode()));
        }
    }

    void finish(DifferenceListener listener) throws IOException {
        check(byA, (first, path) -> new Difference(path, "hardlink", "the same file as " + first, "another file"),
                listener);
        check(byB, (first, path) -> new Difference(path, "hardlink", "another file", "the same file as " + first),
                listener);
    }

    private interface Words {
        Difference of(String first, String path);
    }

    private static void check(EntrySorter sorter, Words words, DifferenceListener listener) throws IOException {
        try (SortedEntries pairs = sorter.sorted()) {
            Entry first = null;
            for (Entry pair = pairs.next(); pair != null; pair = pairs.next()) {
                if (first == null || !first.path().equals(pair.path())) {
                    first = pair;
                } else if (!first.target().equals(pair.target())) {
                    listener.differs(words.of(first.attribute(), pair.attribute()));
                }
            }
        }
    }
}
