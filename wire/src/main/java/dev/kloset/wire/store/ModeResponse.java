package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.StoreMode;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;

/** What a store allows. */
public record ModeResponse(Set<StoreMode> mode) {

    private static final MessageNames NAMES = MessageNames.of("ModeResponse", "mode");
    private static final int MODE = 1 << 3 | VARINT;
    private static final int MESSAGE_BYTES = 2;

    public ModeResponse {
        mode = Set.copyOf(mode);
    }

    public ByteBuffer encode() {
        int bits = 0;
        for (StoreMode one : mode) {
            bits |= bit(one);
        }
        ProtoWriter out = new ProtoWriter(MESSAGE_BYTES);
        out.varint(MODE, bits);
        return out.finish();
    }

    /** {@return the answer, without bits that this version does not know} */
    public static ModeResponse decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        int bits = 0;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            if (tag == MODE) {
                bits = in.int32();
            } else {
                in.skip();
            }
        }
        Set<StoreMode> mode = EnumSet.noneOf(StoreMode.class);
        for (StoreMode one : StoreMode.values()) {
            if ((bits & bit(one)) != 0) {
                mode.add(one);
            }
        }
        return new ModeResponse(mode);
    }

    private static int bit(StoreMode mode) {
        return switch (mode) {
            case WRITE -> 2;
            case READ -> 4;
        };
    }
}
