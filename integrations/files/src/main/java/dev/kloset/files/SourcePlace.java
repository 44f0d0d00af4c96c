package dev.kloset.files;

import java.util.Arrays;

/**
 * Where a file is: below the start of the walk for the system, and in the snapshot for everybody else. Immutable.
 *
 * @param path the bytes of its path below the start, empty for the start itself
 * @param pathname the path of its record
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a million of them are made.
record SourcePlace(byte[] path, String pathname) {

    private static final byte[] NOTHING = {};

    /** {@return the place of the start} */
    static SourcePlace start(String pathname) {
        return new SourcePlace(NOTHING, pathname);
    }

    /** {@return the place of an entry of this directory} {@code text} is its name in the snapshot. */
    SourcePlace child(byte[] name, String text) {
        return new SourcePlace(path.length == 0 ? name : join(path, name),
                pathname.equals("/") ? "/" + text : pathname + "/" + text);
    }

    /** {@return the path of {@code name} in {@code directory}} */
    static byte[] join(byte[] directory, byte[] name) {
        byte[] longer = Arrays.copyOf(directory, directory.length + 1 + name.length);
        longer[directory.length] = '/';
        System.arraycopy(name, 0, longer, directory.length + 1, name.length);
        return longer;
    }
}
