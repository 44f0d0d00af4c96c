package dev.kloset;

import java.util.Objects;

/**
 * One extended attribute of a file. Its name must also be in {@link FileRecord#xattrNames} of the file's own record;
 * the two may come in any order.
 *
 * @param pathname of the file
 * @param name of the attribute, as the platform gives it
 * @param content the value
 */
public record XattrRecord(String pathname, String name, XattrType type, Content content) implements ConnectorRecord {

    /** Check the path and the name. */
    public XattrRecord {
        Pathnames.check(pathname);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an extended attribute of " + pathname + " has no name");
        }
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(content, "content");
    }

    /** {@return an ordinary extended attribute} */
    public static XattrRecord of(String pathname, String name, Content content) {
        return new XattrRecord(pathname, name, XattrType.EXTENDED, content);
    }
}
