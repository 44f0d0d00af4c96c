package dev.kloset.hadoop.restore;

import dev.kloset.ConfigException;
import dev.kloset.FileInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/** Gives files to their owners. */
record Owners(OwnerMode mode, Map<String, String> users, Map<String, String> groups) {

    private static final char GROUP = '@';

    /**
     * {@return what the settings say}
     *
     * @param map such as {@code alice=bob} and {@code @staff=users}
     */
    static Owners of(OwnerMode mode, List<String> map) throws ConfigException {
        if (!map.isEmpty() && mode != OwnerMode.MAP) {
            throw new ConfigException("the setting \"owner_map\" needs owner=map");
        }
        Owners owners = new Owners(mode, new HashMap<>(), new HashMap<>());
        for (String pair : map) {
            int equals = pair.indexOf('=');
            boolean isGroup = !pair.isEmpty() && pair.charAt(0) == GROUP;
            int start = isGroup ? 1 : 0;
            if (equals <= start || equals == pair.length() - 1) {
                throw new ConfigException(
                        "each part of the setting \"owner_map\" is like alice=bob or @staff=users");
            }
            (isGroup ? owners.groups : owners.users).put(pair.substring(start, equals), pair.substring(equals + 1));
        }
        return owners;
    }

    /** Give {@code path} to the owner that it had. */
    void apply(FileSystem fileSystem, Path path, FileInfo info) throws IOException {
        String user = name(info.username(), users);
        String group = name(info.groupname(), groups);
        if (user == null && group == null) {
            return;
        }
        try {
            fileSystem.setOwner(path, user, group);
        } catch (AccessControlException e) {
            throw new IOException("it is restored, but cannot be given to " + (user == null ? "group" : user)
                    + (group == null ? "" : ":" + group)
                    + "; owner=skip leaves it to the user who restores", e);
        }
    }

    private @Nullable String name(String former, Map<String, String> map) {
        return switch (mode) {
            case KEEP -> former.isEmpty() ? null : former;
            case MAP -> map.get(former);
            case SKIP -> null;
        };
    }
}
