package dev.kloset.wire.codec;

import dev.kloset.LocationFlag;
import java.util.EnumSet;
import java.util.Set;

/** The bits of location flags. */
public final class LocationFlags {

    private LocationFlags() {}

    public static int bits(Set<LocationFlag> flags) {
        int bits = 0;
        for (LocationFlag flag : flags) {
            bits |= bit(flag);
        }
        return bits;
    }

    /** {@return the flags that this version knows} */
    public static Set<LocationFlag> of(int bits) {
        Set<LocationFlag> flags = EnumSet.noneOf(LocationFlag.class);
        for (LocationFlag flag : LocationFlag.values()) {
            if ((bits & bit(flag)) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private static int bit(LocationFlag flag) {
        return switch (flag) {
            case LOCALFS -> 1;
            case FILE -> 2;
            case STREAM -> 4;
            case NEEDACK -> 8;
            case NOMERGE -> 16;
            case EXPORTXATTR -> 32;
        };
    }
}
