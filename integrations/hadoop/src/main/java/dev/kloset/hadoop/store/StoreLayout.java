package dev.kloset.hadoop.store;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/**
 * The layout of a repository, that of Plakar's own store for local directories, and a directory for files that are being written:
 *
 * <pre>
 * CONFIG
 * packfiles/00 … ff/&lt;64 hexadecimal digits, the first two as in the directory's name&gt;
 * states/00 … ff/&lt;64 hexadecimal digits&gt;
 * locks/&lt;64 hexadecimal digits&gt;
 * tmp/kloset-&lt;UUID&gt;
 * </pre>
 */
record StoreLayout(Path root) {

    private static final String CONFIG = "CONFIG";
    private static final String PACKFILES = "packfiles";
    private static final String STATES = "states";
    private static final String LOCKS = "locks";
    private static final String TEMPORARIES = "tmp";
    private static final String TEMPORARY = "kloset-";

    Path config() {
        return new Path(root, CONFIG);
    }

    Path temporaries() {
        return new Path(root, TEMPORARIES);
    }

    /** {@return a name for a file until it is complete, unlike all others} */
    static String temporary() {
        return TEMPORARY + UUID.randomUUID();
    }

    static boolean isTemporary(Path file) {
        return file.getName().startsWith(TEMPORARY);
    }

    /** {@return the directories with objects} */
    List<Path> directories() {
        return List.of(new Path(root, PACKFILES), new Path(root, STATES), new Path(root, LOCKS));
    }

    /** {@return the directory of the objects of {@code resource}, which are in it or in its buckets} */
    Path directory(StorageResource resource) throws ConnectorException {
        return switch (resource) {
            case PACKFILE -> new Path(root, PACKFILES);
            case STATE -> new Path(root, STATES);
            case LOCK -> new Path(root, LOCKS);
            case ECC_PACKFILE, ECC_STATE -> throw new ConnectorException(ErrorKind.UNSUPPORTED,
                    "a store on HDFS does not keep error correction objects");
        };
    }

    static boolean isBucketed(StorageResource resource) {
        return resource != StorageResource.LOCK;
    }

    Path object(StorageResource resource, ObjectMac mac) throws ConnectorException {
        String name = mac.hex();
        Path directory = directory(resource);
        return new Path(isBucketed(resource) ? new Path(directory, name.substring(0, 2)) : directory, name);
    }

    /** {@return what an object of {@code resource} is called} */
    static String words(StorageResource resource) {
        return resource.name().toLowerCase(Locale.ROOT);
    }
}
