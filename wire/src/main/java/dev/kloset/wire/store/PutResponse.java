package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;

/** A store has stored an object, in this many bytes. */
public record PutResponse(long bytesWritten) {

    private static final MessageNames NAMES = MessageNames.of("PutResponse", "bytes_written");
    private static final int BYTES_WRITTEN = 1 << 3 | VARINT;
    private static final int MAX_MESSAGE_BYTES = 11;

    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(MAX_MESSAGE_BYTES);
        out.varint(BYTES_WRITTEN, bytesWritten);
        return out.finish();
    }

    public static PutResponse decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        long bytesWritten = 0;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            if (tag == BYTES_WRITTEN) {
                bytesWritten = in.varint();
            } else {
                in.skip();
            }
        }
        return new PutResponse(bytesWritten);
    }
}
