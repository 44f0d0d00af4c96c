package dev.kloset.cli.compare;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks both sides in the order of their paths. For one thread. */
final class Join {

    private final Distinct allA;
    private final Distinct allB;
    private final Policy policy;
    private final DifferenceListener listener;
    private final Differ differ;
    private final HardLinks links;
    private String missing = ""; // the last path that only one side has

    Join(SortedEntries a, SortedEntries b, Policy policy, DifferenceListener listener, HardLinks links) {
        this.allA = new Distinct(a);
        this.allB = new Distinct(b);
        this.policy = policy;
        this.listener = listener;
        this.differ = new Differ(policy, listener);
        this.links = links;
    }

    void run() throws IOException {
        Entry a = allA.next();
        Entry b = allB.next();
        while (a != null || b != null) {
            int order = order(a, b);
            if (order == 0) {
                both(a, b);
            } else {
                missing(order < 0 ? a : b, order < 0);
            }
            a = order <= 0 ? allA.next() : a;
            b = order >= 0 ? allB.next() : b;
        }
    }

    private static int order(@Nullable Entry a, @Nullable Entry b) {
        if (a == null) {
            return 1;
        }
        return b == null ? -1 : a.key().compareTo(b.key());
    }

    private void both(@Nullable Entry a, @Nullable Entry b) throws IOException {
        if (a != null && b != null && (policy.compares(a.type()) || policy.compares(b.type()))) {
            differ.compare(a, b);
            links.add(a, b);
        }
    }

    private void missing(@Nullable Entry entry, boolean inA) throws IOException {
        if (entry == null || !policy.compares(entry.type())) {
            return;
        }
        boolean attribute = entry.type() == EntryType.XATTR;
        if (attribute && entry.path().equals(missing)) {
            return; // the file itself is missing, which says enough
        }
        missing = attribute ? missing : entry.path();
        String what = entry.type() == EntryType.ERROR ? Difference.UNREADABLE : Difference.MISSING;
        String words = words(entry);
        listener.differs(new Difference(entry.path(), what, inA ? words : "", inA ? "" : words));
    }

    private static String words(Entry entry) {
        return switch (entry.type()) {
            case ERROR -> entry.target();
            case XATTR -> entry.type().words() + " " + entry.attribute();
            default -> entry.type().words();
        };
    }

    /** Leaves out what a side says of a path after the first time: importers may list a directory twice. */
    private static final class Distinct {

        private final SortedEntries entries;
        private @Nullable Entry last;

        Distinct(SortedEntries entries) {
            this.entries = entries;
        }

        @Nullable
        Entry next() throws IOException {
            Entry entry = entries.next();
            while (entry != null && last != null && entry.key().equals(last.key())) {
                entry = entries.next();
            }
            last = entry;
            return entry;
        }
    }
}
