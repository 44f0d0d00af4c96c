package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;
import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.LocationFlag;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.Set;

/** What an importer or exporter says about itself. */
public record InitResponse(String origin, String type, String root, Set<LocationFlag> flags) {

    private static final MessageNames NAMES = MessageNames.of("InitResponse", "origin", "type", "root", "flags");
    private static final int ORIGIN = 1 << 3 | BYTES;
    private static final int TYPE = 2 << 3 | BYTES;
    private static final int ROOT = 3 << 3 | BYTES;
    private static final int FLAGS = 4 << 3 | VARINT;
    private static final int USUAL_BYTES = 128;

    public InitResponse {
        flags = Set.copyOf(flags);
    }

    /**
     * {@return the message}
     *
     * @throws IllegalArgumentException if a text is not valid Unicode
     */
    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        out.string(NAMES, ORIGIN, origin);
        out.string(NAMES, TYPE, type);
        out.string(NAMES, ROOT, root);
        out.uint32(FLAGS, LocationFlags.bits(flags));
        return out.finish();
    }

    /** {@return the answer, without flags that this version does not know} */
    public static InitResponse decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        String origin = "";
        String type = "";
        String root = "";
        int flags = 0;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case ORIGIN -> origin = in.string();
                case TYPE -> type = in.string();
                case ROOT -> root = in.string();
                case FLAGS -> flags = in.int32();
                default -> in.skip();
            }
        }
        return new InitResponse(origin, type, root, LocationFlags.of(flags));
    }
}
