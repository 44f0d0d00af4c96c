package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;

/**
 * How much a store holds.
 *
 * @param size bytes, or -1 if the store does not know
 */
public record SizeResponse(long size) {

    private static final MessageNames NAMES = MessageNames.of("SizeResponse", "size");
    private static final int SIZE = 1 << 3 | VARINT;
    private static final int MAX_MESSAGE_BYTES = 11;

    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(MAX_MESSAGE_BYTES);
        out.varint(SIZE, size);
        return out.finish();
    }

    public static SizeResponse decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        long size = 0;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            if (tag == SIZE) {
                size = in.varint();
            } else {
                in.skip();
            }
        }
        return new SizeResponse(size);
    }
}
