package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.Range;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;

/** Range of the store. */
final class RangeCodec {

    private static final MessageNames NAMES = MessageNames.of("Range", "offset", "length");
    private static final int OFFSET = 1 << 3 | VARINT;
    private static final int LENGTH = 2 << 3 | VARINT;

    private long offset;
    private int length;

    static void write(ProtoWriter out, int tag, Range range) {
        int mark = out.open(tag);
        out.varint(OFFSET, range.offset());
        out.varint(LENGTH, range.length());
        out.close(mark);
    }

    void merge(ProtoReader outer) throws MalformedMessageException {
        ProtoReader in = outer.message(NAMES);
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case OFFSET -> offset = in.varint();
                case LENGTH -> length = in.int32();
                default -> in.skip();
            }
        }
    }

    Range toRange() throws MalformedMessageException {
        if (offset < 0) { // unsigned on the wire
            throw new MalformedMessageException("cannot read Range.offset: no object has a byte "
                    + Long.toUnsignedString(offset));
        }
        return new Range(offset, Integer.toUnsignedLong(length));
    }
}
