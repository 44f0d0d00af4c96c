package dev.kloset.files.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Names of users and groups by number, cached because each may cost a query to a directory server. Safe for any number of threads. */
public final class OwnerNames {

    /** With more owners than this, asking again is cheaper than remembering. */
    private static final int REMEMBERED = 4096;

    private final Map<Integer, String> users = new ConcurrentHashMap<>();
    private final Map<Integer, String> groups = new ConcurrentHashMap<>();

    /** Supplies the path at which to ask a file for its owner. Called only if its owner was not seen before. */
    @FunctionalInterface
    public interface Locator {
        /** {@return a path that leads to the file, and to no other, if symbolic links are not followed} */
        Path path();

        default LinkOption[] options() {
            return new LinkOption[]{ LinkOption.NOFOLLOW_LINKS };
        }
    }

    /** {@return the name of the user {@code uid}, who owns {@code file}; empty if the user has no name} */
    public String user(int uid, Locator file) throws IOException {
        String known = users.get(uid);
        if (known != null) {
            return known;
        }
        Map<String, Object> now = Files.readAttributes(file.path(), "unix:uid,owner", file.options());
        var owner = (UserPrincipal) Objects.requireNonNull(now.get("owner"), "owner");
        int seen = (Integer) Objects.requireNonNull(now.get("uid"), "uid");
        String name = remember(users, seen, owner.getName());
        return seen == uid ? name : ""; // another file may have taken its place
    }

    /** {@return the name of the group {@code gid} of {@code file}; empty if the group has no name} */
    public String group(int gid, Locator file) throws IOException {
        String known = groups.get(gid);
        if (known != null) {
            return known;
        }
        Map<String, Object> now = Files.readAttributes(file.path(), "unix:gid,group", file.options());
        var group = (GroupPrincipal) Objects.requireNonNull(now.get("group"), "group");
        int seen = (Integer) Objects.requireNonNull(now.get("gid"), "gid");
        String name = remember(groups, seen, group.getName());
        return seen == gid ? name : "";
    }

    private static String remember(Map<Integer, String> names, int number, String name) {
        // The JDK returns the number itself if there is no name.
        String known = name.equals(Integer.toString(number)) || name.equals(Integer.toUnsignedString(number))
                ? ""
                : name;
        if (names.size() < REMEMBERED) {
            names.put(number, known);
        }
        return known;
    }
}
