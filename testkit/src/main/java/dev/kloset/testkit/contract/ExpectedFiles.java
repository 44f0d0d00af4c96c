package dev.kloset.testkit.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a snapshot that a change concerns, with the bytes that they must have afterwards. All others must look unchanged.
 * Immutable.
 */
public final class ExpectedFiles {

    private static final ExpectedFiles NONE = new ExpectedFiles(Map.of());

    private final Map<String, Optional<byte[]>> files;

    private ExpectedFiles(Map<String, Optional<byte[]>> files) {
        this.files = files;
    }

    /** {@return no file: the change must not make the host read anything, as a failover or another snapshot of the same} */
    public static ExpectedFiles none() {
        return NONE;
    }

    /**
     * {@return these files and another one, which is new or has other bytes than before}
     *
     * @param pathname as in the snapshot, or its end from a slash on
     * @param bytes all of them
     */
    public ExpectedFiles and(String pathname, byte[] bytes) {
        return with(pathname, Optional.of(bytes.clone()));
    }

    /** {@return these files and another one, which must no longer be there} */
    public ExpectedFiles andGone(String pathname) {
        return with(pathname, Optional.empty());
    }

    private ExpectedFiles with(String pathname, Optional<byte[]> bytes) {
        Map<String, Optional<byte[]>> more = new LinkedHashMap<>(files);
        more.put(pathname, bytes);
        return new ExpectedFiles(more);
    }

    /** {@return the bytes of each file, by pathname; nothing for one that is gone} The arrays are not copied. */
    public Map<String, Optional<byte[]>> files() {
        return Map.copyOf(files);
    }
}
