package dev.kloset.files.store;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The layout of a repository on a file system, exactly as in Plakar's own store for local directories, so that each opens the
 * repositories of the other:
 *
 * <pre>
 * CONFIG
 * packfiles/00 … ff/&lt;64 hexadecimal digits, the first two as in the directory's name&gt;
 * states/00 … ff/&lt;64 hexadecimal digits&gt;
 * locks/&lt;64 hexadecimal digits&gt;
 * </pre>
 *
 * Files being written are where neither store looks for objects: above the buckets, and for locks and CONFIG in the root.
 */
final class StoreLayout {

    /** All names of buckets, in order. */
    static final List<String> BUCKETS = buckets();

    static final String CONFIG = "CONFIG";
    private static final String PACKFILES = "packfiles";
    private static final String STATES = "states";
    private static final String LOCKS = "locks";

    private final Path root;

    StoreLayout(Path root) {
        this.root = root;
    }

    private static List<String> buckets() {
        List<String> names = new ArrayList<>();
        for (int bucket = 0; bucket <= 0xFF; bucket++) {
            names.add(HexFormat.of().toHexDigits((byte) bucket));
        }
        return List.copyOf(names);
    }

    Path root() {
        return root;
    }

    Path config() {
        return root.resolve(CONFIG);
    }

    Path locks() {
        return root.resolve(LOCKS);
    }

    /** {@return the directories that are divided into buckets} */
    List<Path> bucketRoots() {
        return List.of(root.resolve(PACKFILES), root.resolve(STATES));
    }

    /** {@return every directory that may contain temporary files} */
    List<Path> stagings() {
        return List.of(root.resolve(PACKFILES), root.resolve(STATES), root);
    }

    /** {@return the directory in which objects of {@code resource} are written before they get their name; on the same file system} */
    Path staging(StorageResource resource) throws IOException {
        return isBucketed(resource) ? directory(resource) : root;
    }

    /** {@return the directory of the objects of {@code resource}, which are in it or in its buckets} */
    Path directory(StorageResource resource) throws IOException {
        return switch (resource) {
            case PACKFILE -> root.resolve(PACKFILES);
            case STATE -> root.resolve(STATES);
            case LOCK -> root.resolve(LOCKS);
            case ECC_PACKFILE, ECC_STATE ->
                throw new IOException("a store of type " + FilesStore.TYPE + " does not keep error correction objects");
        };
    }

    boolean isBucketed(StorageResource resource) {
        return resource != StorageResource.LOCK;
    }

    /** {@return the directory that contains the object} */
    Path directory(StorageResource resource, ObjectMac mac) throws IOException {
        Path directory = directory(resource);
        return isBucketed(resource) ? directory.resolve(mac.hex().substring(0, 2)) : directory;
    }

    Path object(StorageResource resource, ObjectMac mac) throws IOException {
        return directory(resource, mac).resolve(mac.hex());
    }
}
