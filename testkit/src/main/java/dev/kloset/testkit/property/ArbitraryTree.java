package dev.kloset.testkit.property;

import dev.kloset.FileMode;
import dev.kloset.testkit.connection.ExportMessages;
import dev.kloset.testkit.contract.PreservedAttribute;
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
public record ArbitraryTree(List<ArbitraryEntry> entries) {

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
     * @param own the current user and group; only root makes files of other users
     * @param edge a size of contents at which something changes
     */
    public record Rules(Set<PreservedAttribute> kept, Owner own, int maxSize, int edge) {}

    /** Numbers of a user and a group. */
    record Owner(long uid, long gid) {
        boolean isRoot() {
            return uid == 0;
        }
    }

    public ArbitraryTree {
        entries = List.copyOf(entries);
    }

    public static ArbitraryTree of(ChoiceSequence sequence, Rules rules) {
        return new Making(sequence, rules).tree();
    }

    /** {@return what must be at each path} */
    public Map<String, EntrySnapshot> looks() {
        Map<Integer, String> first = entries.stream()
                .collect(Collectors.toMap(ArbitraryEntry::number, ArbitraryEntry::pathname,
                        (a, b) -> a.compareTo(b) < 0 ? a : b));
        Map<String, EntrySnapshot> looks = new TreeMap<>();
        entries.forEach(entry -> looks.put(entry.pathname(), entry.look(first.getOrDefault(entry.number(), ""))));
        return looks;
    }

    @Override
    public String toString() {
        return entries.stream().map(ArbitraryEntry::toString).collect(Collectors.joining("\n"));
    }

    /** A tree under construction. */
    private static final class Making {

        private final ChoiceSequence sequence;
        private final Rules rules;
        private final List<ArbitraryEntry> entries = new ArrayList<>();
        private final Set<String> pathnames = new HashSet<>();

        Making(ChoiceSequence sequence, Rules rules) {
            this.sequence = sequence;
            this.rules = rules;
        }

        ArbitraryTree tree() {
            entries.add(entry("/", directoryMode(), ""));
            sequence.repeat(MEAN_ENTRIES, MAX_ENTRIES, () -> {
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
            String parent = sequence.oneOf(directories).pathname();
            String pathname = (parent.equals("/") ? "" : parent) + "/"
                    + ArbitraryName.of(sequence, rules.kept().contains(PreservedAttribute.ODD_NAMES));
            return switch (sequence.oneOf(List.of(PreservedAttribute.MODES, PreservedAttribute.MODES,
                    PreservedAttribute.DIRECTORIES, PreservedAttribute.SYMBOLIC_LINKS,
                    PreservedAttribute.HARD_LINKS))) {
                case DIRECTORIES -> entry(pathname, directoryMode(), "");
                case SYMBOLIC_LINKS -> rules.kept().contains(PreservedAttribute.SYMBOLIC_LINKS)
                        ? entry(pathname, FileMode.symlink(), target())
                        : entry(pathname, fileMode(), "");
                case HARD_LINKS -> rules.kept().contains(PreservedAttribute.HARD_LINKS)
                        ? otherName(pathname)
                        : entry(pathname, fileMode(), "");
                default -> entry(pathname, fileMode(), "");
            };
        }

        private @Nullable ArbitraryEntry otherName(String pathname) {
            List<ArbitraryEntry> files = entries.stream().filter(each -> each.mode().isRegular()).toList();
            return files.isEmpty() ? null : sequence.oneOf(files).named(pathname);
        }

        private String target() {
            return String.join("/",
                    sequence.some(2, 5, () -> sequence.oneOf(List.of("a", "..", ".", "", "no where", "\u00e4"))))
                    + sequence.oneOf(List.of("a", "/", "b/"));
        }

        private ArbitraryEntry entry(String pathname, FileMode mode, String target) {
            boolean hasContent = mode.isRegular();
            return new ArbitraryEntry(pathname, mode, time(), id(rules.own().uid()), id(rules.own().gid()),
                    hasContent
                            ? ArbitraryBytes.of(sequence, rules.maxSize(), rules.edge())
                            : new ArbitraryBytes(0, 0, false),
                    target, entries.size(), 1, mode.isSymlink() ? Map.of() : attributes());
        }

        /** Every user, not only root, must be able to read the restored files. */
        private FileMode fileMode() {
            return permissions(0644, rules.own().isRoot() ? 0 : 0400, 0);
        }

        /** Every user must be able to remove the restored files. */
        private FileMode directoryMode() {
            return permissions(0755, 0700, DIRECTORY);
        }

        private FileMode permissions(int usual, int least, int type) {
            if (!rules.kept().contains(PreservedAttribute.MODES) || !sequence.oneIn(2)) {
                return new FileMode(type | usual);
            }
            int bits = FileMode.fromPosix(0100000 | (int) sequence.below(010000) | least).bits();
            return new FileMode(type | bits);
        }

        private Instant time() {
            if (!rules.kept().contains(PreservedAttribute.TIMES)) {
                return ExportMessages.TIME;
            }
            long seconds = sequence.below(LAST_SECOND + 1, SECONDS);
            long nanos = sequence.below(NANOS, new long[]{ 0, 1, 999, 1000, 999_999_999, LAST_NANO });
            return Instant.ofEpochSecond(seconds, seconds == LAST_SECOND ? Math.min(nanos, LAST_NANO) : nanos);
        }

        private long id(long own) {
            return rules.own().isRoot() && rules.kept().contains(PreservedAttribute.OWNERS)
                    ? sequence.below(MAX_ID, new long[]{ 0, 0, 1, 65_534, 65_535, 65_536 })
                    : own;
        }

        private Map<String, ArbitraryBytes> attributes() {
            Map<String, ArbitraryBytes> attributes = new TreeMap<>();
            if (rules.kept().contains(PreservedAttribute.EXTENDED_ATTRIBUTES) && sequence.oneIn(4)) {
                sequence.repeat(1, 3, () -> attributes.put("user." + ArbitraryName.of(sequence, true),
                        ArbitraryBytes.of(sequence, MAX_ATTRIBUTE_BYTES, 1)));
            }
            return attributes;
        }
    }
}
