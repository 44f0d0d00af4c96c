package dev.kloset.wire.codec;

import dev.kloset.XattrType;

/** The numbers of xattr types. They follow the constants of Go; the labels in the upstream schema are off by one. */
final class XattrTypes {

    private XattrTypes() {}

    static int number(XattrType type) {
        return switch (type) {
            case EXTENDED -> 0;
            case ADS -> 1;
            case CUSTOM -> 2;
        };
    }

    /** {@return the type} A type that a later host invents becomes custom: an unknown number must not end the stream. */
    static XattrType of(int number) {
        return switch (number) {
            case 0 -> XattrType.EXTENDED;
            case 1 -> XattrType.ADS;
            default -> XattrType.CUSTOM;
        };
    }
}
