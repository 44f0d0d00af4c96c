package dev.kloset.jdbc.layout;

import java.util.regex.Pattern;

/**
 * What a file of a snapshot is, found by the path with which it arrives in a restore: that of the snapshot, or without the path of
 * the directory that is restored alone.
 *
 * @param table the directory of the table that it belongs to; empty for files of the whole database, and for a table whose
 *     directory is restored alone
 */
public record LayoutFile(Kind kind, String table) {

    /** Kinds of files, in the order in which they must be restored. */
    public enum Kind {
        DIRECTORY(0), OTHER(0), POINT(1), BEFORE(2), TABLE(3), TABLE_SCRIPT(4), PART(5), ZIPPED_PART(5), TABLE_AFTER(6),
        AFTER(7),
        CHECK(8);

        private final int phase;

        Kind(int phase) {
            this.phase = phase;
        }

        /** {@return when it is restored: after all files of lower phases} */
        public int phase() {
            return phase;
        }
    }

    private static final Pattern PART = Pattern.compile("(.*)/20-data/[0-9a-f]{14}/[0-9a-f]{2}\\.tsv(\\.gz)?");

    /** {@return what the file with this path is} */
    public static LayoutFile of(String pathname) {
        int slash = pathname.lastIndexOf('/');
        String directory = pathname.substring(0, slash);
        return switch (pathname.substring(slash + 1)) {
            case "00-point.json" -> root(Kind.POINT, directory);
            case "10-before.sql" -> root(Kind.BEFORE, directory);
            case "80-after.sql" -> root(Kind.AFTER, directory);
            case "00-table.json" -> new LayoutFile(Kind.TABLE, directory);
            case "10-table.sql" -> new LayoutFile(Kind.TABLE_SCRIPT, directory);
            case "90-after.sql" -> new LayoutFile(Kind.TABLE_AFTER, directory);
            case "99-check.json" -> new LayoutFile(Kind.CHECK, directory);
            default -> {
                var part = PART.matcher(pathname);
                yield part.matches()
                        ? new LayoutFile(part.group(2) == null ? Kind.PART : Kind.ZIPPED_PART, part.group(1))
                        : new LayoutFile(Kind.OTHER, "");
            }
        };
    }

    private static LayoutFile root(Kind kind, String directory) {
        return new LayoutFile(directory.isEmpty() ? kind : Kind.OTHER, "");
    }
}
