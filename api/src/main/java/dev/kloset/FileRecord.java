package dev.kloset;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file, directory, symbolic link or special file. Immutable. */
public final class FileRecord implements ConnectorRecord {

    private final String pathname;
    private final String target;
    private final FileInfo info;
    private final List<String> xattrNames;
    private final int attributes;
    private final @Nullable Content content;

    private FileRecord(String pathname, String target, FileInfo info, List<String> xattrNames, int attributes,
            @Nullable Content content) {
        this.pathname = pathname;
        this.target = target;
        this.info = info;
        this.xattrNames = xattrNames;
        this.attributes = attributes;
        this.content = content;
    }

    /**
     * {@return a regular file}
     *
     * @param info its name must be the last part of {@code pathname}
     * @throws IllegalArgumentException if path and name disagree, or the mode is not that of a regular file
     */
    public static FileRecord file(String pathname, FileInfo info, Content content) {
        if (!info.mode().isRegular()) {
            throw new IllegalArgumentException(pathname + " has content, but its mode is " + info.mode());
        }
        return checked(pathname, "", info, Objects.requireNonNull(content, "content"));
    }

    /**
     * {@return a regular file of a source that knows no more than this}
     *
     * @param size in bytes, or {@link FileInfo#UNKNOWN_SIZE}
     * @param modTime when the content changed last: the host reads a file again only if something here is different
     */
    public static FileRecord file(String pathname, long size, Instant modTime, Content content) {
        return file(pathname, FileInfo.file(Pathnames.lastPart(Pathnames.check(pathname)), size, modTime), content);
    }

    /** {@return a directory, device, pipe or socket: anything without content} */
    public static FileRecord of(String pathname, FileInfo info) {
        return checked(pathname, "", info, null);
    }

    /**
     * {@return a symbolic link}
     *
     * @param target what it points to, verbatim
     */
    public static FileRecord symlink(String pathname, FileInfo info, String target) {
        if (!info.mode().isSymlink()) {
            throw new IllegalArgumentException(pathname + " has a target, but its mode is " + info.mode());
        }
        return checked(pathname, target, info, null);
    }

    /**
     * {@return a record exactly as it came from the other side} For the machinery and for hosts; connectors use the
     * other factories, which check more: here name and path may differ, as they do for the root of a restore.
     */
    public static FileRecord received(String pathname, FileInfo info, String target, List<String> xattrNames,
            int attributes, @Nullable Content content) {
        return new FileRecord(Pathnames.check(pathname), target, info, List.copyOf(xattrNames), attributes, content);
    }

    private static FileRecord checked(String pathname, String target, FileInfo info, @Nullable Content content) {
        Pathnames.check(pathname);
        String last = Pathnames.lastPart(pathname);
        // The host files an entry under its parent's path and this name, whatever the path's own last part says.
        if (!last.equals(info.name())) {
            throw new IllegalArgumentException("the record " + pathname + " must have the name \"" + last
                    + "\" in its FileInfo, not \"" + info.name() + "\"");
        }
        return new FileRecord(pathname, target, info, List.of(), 0, content);
    }

    /** {@return this record, announcing extended attributes} Emit an {@link XattrRecord} for each of them as well. */
    public FileRecord withXattrNames(List<String> names) {
        return new FileRecord(pathname, target, info, List.copyOf(names), attributes, content);
    }

    /** {@return this record with other metadata} */
    public FileRecord withInfo(FileInfo other) {
        return new FileRecord(pathname, target, other, xattrNames, attributes, content);
    }

    /** {@return this record under another path} The name in its metadata stays. */
    public FileRecord withPathname(String other) {
        return new FileRecord(Pathnames.check(other), target, info, xattrNames, attributes, content);
    }

    /** {@return this record with other content} */
    public FileRecord withContent(@Nullable Content other) {
        return new FileRecord(pathname, target, info, xattrNames, attributes, other);
    }

    @Override
    public String pathname() {
        return pathname;
    }

    /** {@return what a symbolic link points to, else the empty string} */
    public String target() {
        return target;
    }

    /** {@return the metadata} */
    public FileInfo info() {
        return info;
    }

    /** {@return the names of the extended attributes} */
    public List<String> xattrNames() {
        return xattrNames;
    }

    /** {@return platform attributes, bit by bit} The wire carries them, no released host stores them. */
    public int attributes() {
        return attributes;
    }

    /** {@return the bytes, for a regular file that has them} */
    public Optional<Content> content() {
        return Optional.ofNullable(content);
    }

    @Override
    public String toString() {
        return info.mode() + " " + pathname + (target.isEmpty() ? "" : " -> " + target);
    }
}
