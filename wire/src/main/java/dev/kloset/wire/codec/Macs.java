package dev.kloset.wire.codec;

import dev.kloset.ObjectMac;

/** MACs as bytes. Hosts fail on one that has not 32 of them, Go plugins crash. */
final class Macs {

    private Macs() {}

    static ObjectMac of(byte[] bytes, MessageNames names, int tag) throws MalformedMessageException {
        if (bytes.length != ObjectMac.BYTES) {
            throw new MalformedMessageException("cannot read " + names.field(tag >>> 3) + ": a MAC has "
                    + ObjectMac.BYTES + " bytes, not " + bytes.length);
        }
        return ObjectMac.of(bytes);
    }
}
