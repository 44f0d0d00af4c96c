package dev.kloset.hadoop.connect;

import dev.kloset.ConfigException;
import dev.kloset.Location;
import dev.kloset.internal.CleanPath;
import java.net.URI;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Where a location is.
 *
 * @param authority the nameservice, or host and port; empty for the default table of a view
 * @param path absolute and clean
 */
record Place(String scheme, String authority, String path) {

    private static final String VIEW = "viewfs";

    /**
     * {@return the place of {@code location}} One without a nameservice is in the default file system.
     *
     * @throws ConfigException if it is in none
     */
    static Place of(Location location, Configuration configuration) throws ConfigException {
        String text = location.path();
        int slash = text.indexOf('/');
        String authority = slash < 0 ? text : text.substring(0, slash);
        String path = slash < 0 ? "/" : withoutEnd(text.substring(slash));
        String fault = CleanPath.fault(path);
        if (fault != null) {
            throw new ConfigException("the path in the setting \"location\" " + fault);
        }
        if (authority.indexOf('@') >= 0) {
            throw new ConfigException("the setting \"location\" must have no user: set \"user\" or \"principal\"");
        }
        return new Place(location.proto(),
                authority.isEmpty() ? standard(location.proto(), configuration) : authority, path);
    }

    private static String withoutEnd(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static String standard(String scheme, Configuration configuration) throws ConfigException {
        URI standard = FileSystem.getDefaultUri(configuration);
        if (scheme.equals(standard.getScheme())) {
            return Objects.requireNonNullElse(standard.getAuthority(), "");
        }
        if (scheme.equals(VIEW)) {
            return "";
        }
        throw new ConfigException("the setting \"location\" names no cluster, as " + scheme + "://ns1/warehouse does,"
                + " and fs.defaultFS in conf_dir is not one of " + scheme);
    }

    /** {@return the root of the file system} */
    URI uri() {
        return URI.create(name() + "/");
    }

    /** {@return the file system, for sentences} */
    String name() {
        return scheme + "://" + authority;
    }

    /** {@return the host or nameservice, the same whatever NameNode is active} */
    String origin() {
        return authority.isEmpty() ? "default" : authority;
    }
}
