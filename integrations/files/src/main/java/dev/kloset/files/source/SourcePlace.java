package dev.kloset.files.source;

import java.util.Arrays;

/**
 * The place of a file: relative to the start of the walk, for the system, and in the snapshot, for all other purposes.
 * Immutable.
 *
 * @param path the bytes of its path below the start, empty for the start itself
 * @param pathname the path of its record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a million of them are made
public record SourcePlace(byte[] path, String pathname) {

    private static final byte[] NOTHING = {};

    /** {@return the place of the start} */
    public static SourcePlace start(String pathname) {
        return new SourcePlace(NOTHING, pathname);
    }

    /** {@return the place of an entry of this directory} {@code text} is its name in the snapshot. */
    public SourcePlace child(byte[] name, String text) {
        return new SourcePlace(path.length == 0 ? name : join(path, name),
                pathname.equals("/") ? "/" + text : pathname + "/" + text);
    }

    /** {@return the path of {@code name} in {@code directory}} */
    public static byte[] join(byte[] directory, byte[] name) {
        byte[] longer = Arrays.copyOf(directory, directory.length + 1 + name.length);
        longer[directory.length] = '/';
        System.arraycopy(name, 0, longer, directory.length + 1, name.length);
        return longer;
    }
}
