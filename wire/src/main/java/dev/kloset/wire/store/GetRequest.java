package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;
import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an object.
 *
 * @param range null for the whole object
 */
public record GetRequest(ObjectMac mac, StorageResource resource, @Nullable Range range, StoreHints hints) {

    private static final MessageNames NAMES = MessageNames.of("GetRequest", "mac", "type", "range", "flags");
    private static final int MAC = 1 << 3 | BYTES;
    private static final int TYPE = 2 << 3 | VARINT;
    private static final int RANGE = 3 << 3 | BYTES;
    private static final int FLAGS = 4 << 3 | VARINT;
    private static final int MAX_MESSAGE_BYTES = 80;

    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(MAX_MESSAGE_BYTES);
        out.bytes(MAC, mac.bytes());
        out.varint(TYPE, Resources.number(resource));
        if (range != null) {
            RangeCodec.write(out, RANGE, range);
        }
        out.varint(FLAGS, Hints.bits(hints));
        return out.finish();
    }

    public static GetRequest decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        byte[] mac = {};
        int type = 0;
        RangeCodec range = null;
        int flags = 0;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case MAC -> mac = in.bytes();
                case TYPE -> type = in.int32();
                case RANGE -> {
                    range = range == null ? new RangeCodec() : range;
                    range.merge(in);
                }
                case FLAGS -> flags = in.int32();
                default -> in.skip();
            }
        }
        return new GetRequest(Macs.of(mac, NAMES, MAC), Resources.of(type, NAMES, TYPE),
                range == null ? null : range.toRange(), Hints.of(flags));
    }
}
