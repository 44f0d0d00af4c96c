package dev.kloset.kafka.layout;

import java.util.regex.Pattern;

/**
 * What a file of a snapshot is, found by the path with which it arrives in a restore: that of the snapshot, or without the path of
 * the directory that is restored alone.
 *
 * @param directory the path of the directory that has the file; records in one directory are of one partition
 */
public record LayoutFile(Kind kind, String directory) {

    /** Kinds of files, in the order in which they must be restored. */
    public enum Kind {
        DIRECTORY(0), OTHER(0), CLUSTER(1), TOPIC(2), WINDOW(3), GROUP(4), ACLS(5), QUOTAS(5), POINT(5);

        private final int phase;

        Kind(int phase) {
            this.phase = phase;
        }

        /** {@return when it is restored: after all files of lower phases} */
        public int phase() {
            return phase;
        }
    }

    private static final Pattern WINDOW = Pattern.compile("\\d{20}\\" + Layout.RECORDS);

    /** {@return what the file with this path is} */
    public static LayoutFile of(String pathname) {
        int slash = pathname.lastIndexOf('/');
        return new LayoutFile(kind(pathname, pathname.substring(slash + 1)), pathname.substring(0, Math.max(slash, 0)));
    }

    private static Kind kind(String pathname, String name) {
        return switch (pathname) {
            case Layout.CLUSTER -> Kind.CLUSTER;
            case Layout.ACLS -> Kind.ACLS;
            case Layout.QUOTAS -> Kind.QUOTAS;
            case Layout.POINT -> Kind.POINT;
            default -> {
                if (WINDOW.matcher(name).matches()) {
                    yield Kind.WINDOW;
                }
                if (pathname.startsWith(Layout.GROUPS + "/")) {
                    yield name.endsWith(".json") ? Kind.GROUP : Kind.OTHER;
                }
                yield name.equals(Layout.DESCRIPTION) ? Kind.TOPIC : alone(pathname, name);
            }
        };
    }

    /** {@return what a file may be that has no directory: that of a group, if groups are restored alone} */
    private static Kind alone(String pathname, String name) {
        return pathname.equals("/" + name) && name.endsWith(".json") ? Kind.GROUP : Kind.OTHER;
    }
}
