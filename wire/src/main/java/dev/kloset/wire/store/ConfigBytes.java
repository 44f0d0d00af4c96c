package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The description of a repository, opaque to a store: CreateRequest and OpenResponse of the store.
 *
 * @param config not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ConfigBytes(byte[] config) {

    private static final MessageNames NAMES = MessageNames.of("the store's configuration", "config");
    private static final int CONFIG = 1 << 3 | BYTES;
    private static final int HEAD_BYTES = 6;

    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(HEAD_BYTES + config.length);
        out.bytes(CONFIG, config);
        return out.finish();
    }

    public static ConfigBytes decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        byte[] config = {};
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            if (tag == CONFIG) {
                config = in.bytes();
            } else {
                in.skip();
            }
        }
        return new ConfigBytes(config);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigBytes that && Arrays.equals(config, that.config);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(config);
    }

    @Override
    public String toString() {
        return "ConfigBytes[" + config.length + " bytes]";
    }
}
