package dev.kloset.wire.store;

import dev.kloset.StorageResource;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import org.jspecify.annotations.Nullable;

/** The numbers of the kinds of object in a store. */
final class Resources {

    private Resources() {}

    static int number(StorageResource resource) {
        return switch (resource) {
            case PACKFILE -> 1;
            case STATE -> 2;
            case LOCK -> 3;
            case ECC_PACKFILE -> 4;
            case ECC_STATE -> 5;
        };
    }

    /** {@return the kind in this field} Without a kind the message would mean nothing. */
    static StorageResource of(int number, MessageNames names, int tag) throws MalformedMessageException {
        StorageResource resource = orNull(number, names, tag);
        if (resource == null) {
            throw new MalformedMessageException("cannot read " + names.field(tag >>> 3) + ": it is missing");
        }
        return resource;
    }

    /** {@return the kind in this field, or null for 0, which stands for none} */
    static @Nullable StorageResource orNull(int number, MessageNames names, int tag) throws MalformedMessageException {
        return switch (number) {
            case 0 -> null;
            case 1 -> StorageResource.PACKFILE;
            case 2 -> StorageResource.STATE;
            case 3 -> StorageResource.LOCK;
            case 4 -> StorageResource.ECC_PACKFILE;
            case 5 -> StorageResource.ECC_STATE;
            default -> throw new MalformedMessageException("cannot read " + names.field(tag >>> 3)
                    + ": there is no kind of object with the number " + number);
        };
    }
}
