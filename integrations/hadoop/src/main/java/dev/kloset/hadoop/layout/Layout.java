package dev.kloset.hadoop.layout;

import java.util.UUID;
import java.util.regex.Pattern;

/** Names that begin with {@code ._kloset}. They are ours, in a snapshot and in a destination. */
public final class Layout {

    /** What was backed up when, and how: the only file outside of the tree. */
    public static final String POINT = "/._kloset_point.json";

    private static final String PREFIX = "._kloset";
    private static final String TEMPORARY = PREFIX + "_";
    private static final Pattern METADATA = Pattern.compile("\\._kloset(\\.[0-9]{1,9})?\\.jsonl");
    private static final Pattern TEMPORARIES = Pattern.compile("\\._kloset_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Layout() {}

    /**
     * {@return the name of a file with what only HDFS knows of a directory and of some files in it}
     *
     * @param page which files, from 0
     */
    public static String metadata(int page) {
        return PREFIX + (page == 0 ? "" : "." + page) + ".jsonl";
    }

    /** {@return whether it is a name of {@link #metadata}} */
    public static boolean isMetadata(String name) {
        return METADATA.matcher(name).matches();
    }

    /** {@return whether a restore sends a file of this name before those of {@link #metadata}} */
    public static boolean isEarly(String name) {
        return name.compareTo(PREFIX) < 0; // the bytes of UTF-8 have the same order up to a dot
    }

    /** {@return whether no other file may have the name} */
    public static boolean isReserved(String name) {
        return name.startsWith(PREFIX);
    }

    /** {@return a new name for a file that is not whole yet} */
    public static String temporary() {
        return TEMPORARY + UUID.randomUUID();
    }

    /** {@return whether it is a name of {@link #temporary}} */
    public static boolean isTemporary(String name) {
        return TEMPORARIES.matcher(name).matches();
    }

    /** {@return the pathname of a child} */
    public static String child(String directory, String name) {
        return directory.equals("/") ? "/" + name : directory + "/" + name;
    }

    /** {@return the last part of a pathname; that of the root is the root} */
    public static String name(String pathname) {
        return pathname.equals("/") ? pathname : pathname.substring(pathname.lastIndexOf('/') + 1);
    }

    /** {@return the directory of a pathname; that of the root is the root} */
    public static String parent(String pathname) {
        int slash = pathname.lastIndexOf('/');
        return slash <= 0 ? "/" : pathname.substring(0, slash);
    }
}
