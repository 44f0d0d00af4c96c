package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.ObjectMac;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The MACs of all objects of one kind. It is a single message, so a host takes 123,361 of them at most. */
public record ListResponse(List<ObjectMac> macs) {

    private static final MessageNames NAMES = MessageNames.of("ListResponse", "macs");
    private static final int MACS = 1 << 3 | BYTES;
    private static final int BYTES_PER_MAC = 1 + 1 + ObjectMac.BYTES; // tag, length, MAC

    public ListResponse {
        macs = List.copyOf(macs);
    }

    /** {@return the size in bytes of a message with that many MACs} */
    public static long bytes(int macs) {
        return (long) BYTES_PER_MAC * macs;
    }

    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(Math.multiplyExact(BYTES_PER_MAC, macs.size()));
        for (ObjectMac mac : macs) {
            out.bytes(MACS, mac.bytes());
        }
        return out.finish();
    }

    public static ListResponse decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        List<ObjectMac> macs = new ArrayList<>(message.remaining() / BYTES_PER_MAC);
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            if (tag == MACS) {
                macs.add(Macs.of(in.bytes(), NAMES, MACS));
            } else {
                in.skip();
            }
        }
        return new ListResponse(macs);
    }
}
