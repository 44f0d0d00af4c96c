package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;

/** Asks for the MACs of all objects of one kind. */
public record ListRequest(StorageResource resource, StoreHints hints) {

    private static final MessageNames NAMES = MessageNames.of("ListRequest", "type", "flags");
    private static final int TYPE = 1 << 3 | VARINT;
    private static final int FLAGS = 2 << 3 | VARINT;
    private static final int MESSAGE_BYTES = 4;

    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(MESSAGE_BYTES);
        out.varint(TYPE, Resources.number(resource));
        out.varint(FLAGS, Hints.bits(hints));
        return out.finish();
    }

    public static ListRequest decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        int type = 0;
        int flags = 0;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case TYPE -> type = in.int32();
                case FLAGS -> flags = in.int32();
                default -> in.skip();
            }
        }
        return new ListRequest(Resources.of(type, NAMES, TYPE), Hints.of(flags));
    }
}
