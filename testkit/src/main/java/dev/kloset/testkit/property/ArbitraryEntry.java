package dev.kloset.testkit.property;

import dev.kloset.FileMode;
import dev.kloset.testkit.connection.RawMessageBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file, directory or symbolic link of an arbitrary tree.
 *
 * @param pathname absolute, {@code /} for the root
 * @param target of a symbolic link, else empty
 * @param number the same for all names of one file
 * @param names how many names the file has
 */
public record ArbitraryEntry(String pathname, FileMode mode, Instant time, long uid, long gid, ArbitraryBytes content,
        String target, int number, int names, Map<String, ArbitraryBytes> attributes) {

    private static final long FIRST_INODE = 1000;

    public ArbitraryEntry {
        attributes = new TreeMap<>(attributes);
    }

    /** {@return the same file under another name} */
    ArbitraryEntry named(String other) {
        return new ArbitraryEntry(other, mode, time, uid, gid, content, target, number, names, attributes);
    }

    ArbitraryEntry withNames(int count) {
        return new ArbitraryEntry(pathname, mode, time, uid, gid, content, target, number, count, attributes);
    }

    private String name() {
        return pathname.equals("/") ? "restored" : pathname.substring(pathname.lastIndexOf('/') + 1);
    }

    /** Without a name, 0 could also mean that the source has no owners. */
    private static String ownerName(long id) {
        return id == 0 ? "root" : "";
    }

    /** {@return the record as a host sends it} */
    public RawMessageBuilder message() {
        RawMessageBuilder info = new RawMessageBuilder().text(1, name())
                .number(2, mode.isRegular() ? content.size() : 0)
                .number(3, mode.bits() & 0xFFFF_FFFFL)
                .message(4, new RawMessageBuilder().number(1, time.getEpochSecond()).number(2, time.getNano()))
                .number(5, 1)
                .number(6, FIRST_INODE + number)
                .number(7, uid)
                .number(8, gid)
                .number(9, names)
                .text(10, ownerName(uid))
                .text(11, ownerName(gid));
        RawMessageBuilder record = new RawMessageBuilder().number(1, mode.isRegular() ? 1 : 0)
                .text(2, pathname)
                .text(7, target)
                .message(8, info);
        attributes.keySet().forEach(name -> record.text(9, name));
        return new RawMessageBuilder().message(1, record);
    }

    /** {@return the record of one extended attribute of the entry} */
    public RawMessageBuilder attribute(String attribute) {
        return new RawMessageBuilder().message(1,
                new RawMessageBuilder().number(1, 1).text(2, pathname).number(4, 1).text(5, attribute));
    }

    /** {@return what the entry must look like} */
    EntrySnapshot look(String firstName) {
        Map<String, String> values = new TreeMap<>();
        attributes.forEach((name, value) -> values.put(name, EntrySnapshot.words(value.bytes())));
        return new EntrySnapshot(mode, time, uid, gid, mode.isRegular() ? EntrySnapshot.words(content.bytes()) : "",
                target,
                values, firstName, names);
    }

    @Override
    public String toString() {
        return mode + " " + uid + ":" + gid + " " + time + " " + ArbitraryName.quoted(pathname)
                + (mode.isRegular() ? " " + content : "") + (names > 1 ? ", file " + number : "")
                + (mode.isSymlink() ? " -> " + ArbitraryName.quoted(target) : "")
                + (attributes.isEmpty() ? "" : " with " + attributes);
    }
}
