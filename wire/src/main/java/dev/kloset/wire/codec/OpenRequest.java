package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.XattrType;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;

/**
 * The host's request for the content of a record.
 *
 * @param pathname as in the record; not checked, because a name without a record is simply not found
 */
public record OpenRequest(String pathname, boolean isXattr, String xattrName, XattrType xattrType, String target) {

    private static final MessageNames NAMES = MessageNames.of("OpenRequest", "record");
    private static final int RECORD = 1 << 3 | BYTES;
    private static final int USUAL_BYTES = 128;

    /**
     * {@return the message}
     *
     * @throws IllegalArgumentException if a text is not valid Unicode
     */
    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        RecordCodec.writeOpen(out, RECORD, this);
        return out.finish();
    }

    public static OpenRequest decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        RecordCodec record = null;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            if (tag == RECORD) {
                record = record == null ? new RecordCodec() : record;
                record.merge(in);
            } else {
                in.skip();
            }
        }
        if (record == null) {
            throw new MalformedMessageException("cannot read OpenRequest.record: it is missing");
        }
        return record.toOpenRequest();
    }
}
