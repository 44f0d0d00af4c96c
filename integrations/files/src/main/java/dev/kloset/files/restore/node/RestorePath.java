package dev.kloset.files.restore.node;

import java.util.List;

/** Splits the paths of records. Hosts and the SDK promise clean paths; here, an unclean one would leave the root. */
public final class RestorePath {

    private RestorePath() {}

    /**
     * {@return the names between the slashes; none for the root}
     *
     * @throws IllegalArgumentException if one of them is not a plain name
     */
    public static List<String> names(String pathname) {
        if (!pathname.startsWith("/")) {
            throw new IllegalArgumentException("its path is not absolute");
        }
        if (pathname.length() == 1) {
            return List.of();
        }
        List<String> names = List.of(pathname.substring(1).split("/", -1));
        for (String name : names) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("its path is not clean");
            }
        }
        return names;
    }

    /** {@return the directory of {@code pathname}, which is not the root} */
    public static String parent(String pathname) {
        int slash = pathname.lastIndexOf('/');
        return slash == 0 ? "/" : pathname.substring(0, slash);
    }

    /** {@return the last name of {@code pathname}, which is not the root} */
    public static String name(String pathname) {
        List<String> names = names(pathname);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("the root of a restore must be a directory");
        }
        return names.getLast();
    }
}
