package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;
import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;

/** Asks for the removal of an object. */
public record DeleteRequest(ObjectMac mac, StorageResource resource, StoreHints hints) {

    private static final MessageNames NAMES = MessageNames.of("DeleteRequest", "mac", "type", "flags");
    private static final int MAC = 1 << 3 | BYTES;
    private static final int TYPE = 2 << 3 | VARINT;
    private static final int FLAGS = 3 << 3 | VARINT;
    private static final int MAX_MESSAGE_BYTES = 48;

    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(MAX_MESSAGE_BYTES);
        out.bytes(MAC, mac.bytes());
        out.varint(TYPE, Resources.number(resource));
        out.varint(FLAGS, Hints.bits(hints));
        return out.finish();
    }

    public static DeleteRequest decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        byte[] mac = {};
        int type = 0;
        int flags = 0;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case MAC -> mac = in.bytes();
                case TYPE -> type = in.int32();
                case FLAGS -> flags = in.int32();
                default -> in.skip();
            }
        }
        return new DeleteRequest(Macs.of(mac, NAMES, MAC), Resources.of(type, NAMES, TYPE), Hints.of(flags));
    }
}
