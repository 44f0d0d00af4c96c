package dev.kloset;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file, directory, symbolic link or special file. Immutable.
 *
 * <p>The name in the metadata is the last part of the path, content belongs to regular files and a target to symbolic links: the
 * factories enforce that, and so does every {@code with} method. Only records from {@link #received}, and records derived from
 * them, may differ; an import then refuses the record, with an error for this path alone.
 */
public final class FileRecord implements ConnectorRecord {

    private final boolean received;
    private final String pathname;
    private final String target;
    private final FileInfo info;
    private final List<String> xattrNames;
    private final int attributes;
    private final @Nullable Content content;

    private FileRecord(boolean received, String pathname, String target, FileInfo info, List<String> xattrNames,
            int attributes, @Nullable Content content) {
        this.received = received;
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
        Objects.requireNonNull(content, "content");
        return new FileRecord(false, Pathnames.check(pathname), "", info, List.of(), 0, content).checked();
    }

    /**
     * {@return a regular file of a source that knows no more than this}
     *
     * @param size in bytes, or {@link FileInfo#UNKNOWN_SIZE}
     * @param modTime when the content last changed: the host reads a file again only if one of these values differs
     */
    public static FileRecord file(String pathname, long size, Instant modTime, Content content) {
        return file(pathname, FileInfo.file(Pathnames.lastPart(Pathnames.check(pathname)), size, modTime), content);
    }

    /** {@return a directory, device, pipe or socket: anything without content} */
    public static FileRecord of(String pathname, FileInfo info) {
        return new FileRecord(false, Pathnames.check(pathname), "", info, List.of(), 0, null).checked();
    }

    /**
     * {@return a symbolic link}
     *
     * @param target the link's target, verbatim
     */
    public static FileRecord symlink(String pathname, FileInfo info, String target) {
        FileRecord link = new FileRecord(false, Pathnames.check(pathname), target, info, List.of(), 0, null);
        link.checkTarget();
        return link.checked();
    }

    /**
     * {@return a record exactly as it came from the other side} For the SDK itself and for hosts; connectors use the other
     * factories, which check more. Here name and path may differ, as they do for the root of a restore.
     */
    public static FileRecord received(String pathname, FileInfo info, String target, List<String> xattrNames,
            int attributes, @Nullable Content content) {
        return new FileRecord(true, Pathnames.check(pathname), target, info, List.copyOf(xattrNames), attributes,
                content);
    }

    private FileRecord checked() {
        if (received) {
            return this;
        }
        if (!target.isEmpty()) {
            checkTarget();
        }
        if (content != null && !info.mode().isRegular()) {
            throw new IllegalArgumentException(pathname + " has content, but its mode is " + info.mode());
        }
        String fault = nameFault();
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        return this;
    }

    private void checkTarget() {
        if (!info.mode().isSymlink()) {
            throw new IllegalArgumentException(pathname + " has a target, but its mode is " + info.mode());
        }
    }

    /**
     * {@return what is wrong with the name in the metadata, in a sentence; null if it is the last part of the path} Only records
     * from {@link #received} can have a wrong one. The host files an entry under its parent's path and this name, whatever the
     * last part of the path is.
     */
    public @Nullable String nameFault() {
        String name = info.name();
        // Without a new string: this runs for every record of an import.
        int start = pathname.length() == 1 ? 0 : pathname.lastIndexOf('/') + 1;
        if (name.length() == pathname.length() - start && pathname.startsWith(name, start)) {
            return null;
        }
        return "the record " + pathname + " must have the name \"" + Pathnames.lastPart(pathname)
                + "\" in its FileInfo, not \"" + name + "\"";
    }

    /** {@return this record, announcing extended attributes} Emit an {@link XattrRecord} for each of them as well. */
    public FileRecord withXattrNames(List<String> names) {
        return new FileRecord(received, pathname, target, info, List.copyOf(names), attributes, content);
    }

    /**
     * {@return this record with other metadata}
     *
     * @throws IllegalArgumentException if a factory would refuse them: see {@link FileRecord}
     */
    public FileRecord withInfo(FileInfo other) {
        return new FileRecord(received, pathname, target, other, xattrNames, attributes, content).checked();
    }

    /**
     * {@return this record under another path} The name in its metadata becomes the last part of that path; a record from {@link
     * #received} keeps its name.
     */
    public FileRecord withPathname(String other) {
        String name = Pathnames.lastPart(Pathnames.check(other));
        FileInfo named = received || name.equals(info.name()) ? info : info.toBuilder().name(name).build();
        return new FileRecord(received, other, target, named, xattrNames, attributes, content);
    }

    /**
     * {@return this record with other content, or without content}
     *
     * @throws IllegalArgumentException if there is content, and the mode is not that of a regular file
     */
    public FileRecord withContent(@Nullable Content other) {
        return new FileRecord(received, pathname, target, info, xattrNames, attributes, other).checked();
    }

    @Override
    public String pathname() {
        return pathname;
    }

    /** {@return the target of a symbolic link, otherwise the empty string} */
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

    /** {@return platform attributes, bit by bit} The wire carries them, but no released host stores them. */
    public int attributes() {
        return attributes;
    }

    /** {@return the content, if a regular file has it} */
    public Optional<Content> content() {
        return Optional.ofNullable(content);
    }

    @Override
    public String toString() {
        return info.mode() + " " + pathname + (target.isEmpty() ? "" : " -> " + target);
    }
}
