package dev.kloset.wire.store;

import dev.kloset.ObjectMac;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;

/** MACs as bytes. Hosts fail on a MAC that does not have 32 bytes, Go plugins crash. */
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
