package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;

/** What the exporter did with a record. */
public record ExportResponse(WireResult result) {

    private static final MessageNames NAMES = MessageNames.of("ExportResponse", "result");
    private static final int RESULT = 1 << 3 | BYTES;
    private static final int USUAL_BYTES = 256;

    /**
     * {@return the message}
     *
     * @throws IllegalArgumentException if the header cannot be sent, with the reason
     */
    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        ResultCodec.write(out, RESULT, result);
        return out.finish();
    }

    public static ExportResponse decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        ResultCodec result = null;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            if (tag == RESULT) {
                result = result == null ? new ResultCodec() : result;
                result.merge(in);
            } else {
                in.skip();
            }
        }
        if (result == null) {
            throw new MalformedMessageException("cannot read ExportResponse.result: it is missing");
        }
        return new ExportResponse(result.toResult());
    }
}
