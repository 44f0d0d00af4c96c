package dev.kloset.testkit;

import dev.kloset.FileMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A tree as a host restores it: the root first, directories before what they contain. */
record ArbitraryTree(List<ArbitraryEntry> entries) {

    private static final int MEAN_ENTRIES = 6;
    private static final int MAX_ENTRIES = 40;
    private static final int MAX_ATTRIBUTE_BYTES = 1000;
    /** The last second whose nanoseconds fit into 64 bits. */
    private static final long LAST_SECOND = 9_223_372_036L;
    private static final int LAST_NANO = 854_775_807;
    private static final int NANOS = 1_000_000_000;
    private static final long[] SECONDS = { 0, 1, 951_827_696, 1_234_567_890, Integer.MAX_VALUE, 1L << 31, 1L << 32,
        LAST_SECOND - 1, LAST_SECOND };
    private static final int DIRECTORY = FileMode.directory(0).bits();
    private static final int MAX_ID = 70_000;

    /**
     * What an arbitrary tree may have.
     *
     * @param own the user and the group who run this; everybody's files are made by root alone
     * @param edge a size of contents at which something changes
     */
    record Rules(Set<Kept> kept, Owner own, int maxSize, int edge) {}

    /** Numbers of a user and a group. */
    record Owner(long uid, long gid) {
        boolean isRoot() {
            return uid == 0;
        }
    }

    ArbitraryTree {
        entries = List.copyOf(entries);
    }

    static ArbitraryTree of(Choices choices, Rules rules) {
        return new Making(choices, rules).tree();
    }

    /** {@return what must lie at each path} */
    Map<String, EntryLook> looks() {
        Map<Integer, String> first = entries.stream()
                .collect(Collectors.toMap(ArbitraryEntry::number, ArbitraryEntry::pathname,
                        (a, b) -> a.compareTo(b) < 0 ? a : b));
        Map<String, EntryLook> looks = new TreeMap<>();
        entries.forEach(entry -> looks.put(entry.pathname(), entry.look(first.getOrDefault(entry.number(), ""))));
        return looks;
    }

    @Override
    public String toString() {
        return entries.stream().map(ArbitraryEntry::toString).collect(Collectors.joining("\n"));
    }

    /** One tree being made. */
    private static final class Making {

        private final Choices choices;
        private final Rules rules;
        private final List<ArbitraryEntry> entries = new ArrayList<>();
        private final Set<String> pathnames = new HashSet<>();

        Making(Choices choices, Rules rules) {
            this.choices = choices;
            this.rules = rules;
        }

        ArbitraryTree tree() {
            entries.add(entry("/", directoryMode(), ""));
            choices.repeat(MEAN_ENTRIES, MAX_ENTRIES, () -> {
                ArbitraryEntry entry = next();
                if (entry != null && pathnames.add(entry.pathname())) {
                    entries.add(entry);
                }
            });
            Map<Integer, Long> names = entries.stream()
                    .collect(Collectors.groupingBy(ArbitraryEntry::number, Collectors.counting()));
            return new ArbitraryTree(entries.stream()
                    .map(entry -> entry.withNames(names.getOrDefault(entry.number(), 1L).intValue()))
                    .toList());
        }

        private @Nullable ArbitraryEntry next() {
            List<ArbitraryEntry> directories = entries.stream().filter(each -> each.mode().isDirectory()).toList();
            String parent = choices.oneOf(directories).pathname();
            String pathname = (parent.equals("/") ? "" : parent) + "/"
                    + ArbitraryName.of(choices, rules.kept().contains(Kept.ODD_NAMES));
            return switch (choices.oneOf(List.of(Kept.MODES, Kept.MODES, Kept.DIRECTORIES, Kept.SYMBOLIC_LINKS,
                    Kept.HARD_LINKS))) {
                case DIRECTORIES -> entry(pathname, directoryMode(), "");
                case SYMBOLIC_LINKS -> rules.kept().contains(Kept.SYMBOLIC_LINKS)
                        ? entry(pathname, FileMode.symlink(), target())
                        : entry(pathname, fileMode(), "");
                case HARD_LINKS -> rules.kept().contains(Kept.HARD_LINKS)
                        ? otherName(pathname)
                        : entry(pathname, fileMode(), "");
                default -> entry(pathname, fileMode(), "");
            };
        }

        private @Nullable ArbitraryEntry otherName(String pathname) {
            List<ArbitraryEntry> files = entries.stream().filter(each -> each.mode().isRegular()).toList();
            return files.isEmpty() ? null : choices.oneOf(files).named(pathname);
        }

        private String target() {
            return String.join("/",
                    choices.some(2, 5, () -> choices.oneOf(List.of("a", "..", ".", "", "no where", "\u00e4"))))
                    + choices.oneOf(List.of("a", "/", "b/"));
        }

        private ArbitraryEntry entry(String pathname, FileMode mode, String target) {
            boolean hasContent = mode.isRegular();
            return new ArbitraryEntry(pathname, mode, time(), id(rules.own().uid()), id(rules.own().gid()),
                    hasContent
                            ? ArbitraryBytes.of(choices, rules.maxSize(), rules.edge())
                            : new ArbitraryBytes(0, 0, false),
                    target, entries.size(), 1, mode.isSymlink() ? Map.of() : attributes());
        }

        /** Whoever is not root must be able to read what was restored. */
        private FileMode fileMode() {
            return permissions(0644, rules.own().isRoot() ? 0 : 0400, 0);
        }

        /** Everybody must be able to remove what was restored. */
        private FileMode directoryMode() {
            return permissions(0755, 0700, DIRECTORY);
        }

        private FileMode permissions(int usual, int least, int type) {
            if (!rules.kept().contains(Kept.MODES) || !choices.oneIn(2)) {
                return new FileMode(type | usual);
            }
            int bits = FileMode.fromPosix(0100000 | (int) choices.below(010000) | least).bits();
            return new FileMode(type | bits);
        }

        private Instant time() {
            if (!rules.kept().contains(Kept.TIMES)) {
                return ExportMessages.TIME;
            }
            long seconds = choices.below(LAST_SECOND + 1, SECONDS);
            long nanos = choices.below(NANOS, new long[]{ 0, 1, 999, 1000, 999_999_999, LAST_NANO });
            return Instant.ofEpochSecond(seconds, seconds == LAST_SECOND ? Math.min(nanos, LAST_NANO) : nanos);
        }

        private long id(long own) {
            return rules.own().isRoot() && rules.kept().contains(Kept.OWNERS)
                    ? choices.below(MAX_ID, new long[]{ 0, 0, 1, 65_534, 65_535, 65_536 })
                    : own;
        }

        private Map<String, ArbitraryBytes> attributes() {
            Map<String, ArbitraryBytes> attributes = new TreeMap<>();
            if (rules.kept().contains(Kept.EXTENDED_ATTRIBUTES) && choices.oneIn(4)) {
                choices.repeat(1, 3, () -> attributes.put("user." + ArbitraryName.of(choices, true),
                        ArbitraryBytes.of(choices, MAX_ATTRIBUTE_BYTES, 1)));
            }
            return attributes;
        }
    }
}
