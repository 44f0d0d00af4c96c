package dev.kloset.wire.codec;

import dev.kloset.support.Sentence;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The result of a record.
 *
 * @param header the record, as it was received
 * @param error why it failed, as one sentence, or null for success; never empty, which on the wire means success
 */
public record WireResult(WireRecord header, @Nullable String error) {

    private static final int USUAL_BYTES = 256;

    public WireResult {
        error = error == null ? null : Sentence.of(error);
    }

    /**
     * {@return the message Result}
     *
     * @throws IllegalArgumentException if the header cannot be sent, with the reason
     */
    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        ResultCodec.writeFields(out, this);
        return out.finish();
    }

    public static WireResult decode(ByteBuffer message) throws MalformedMessageException {
        ResultCodec fields = new ResultCodec();
        fields.mergeFields(ResultCodec.reader(message));
        return fields.toResult();
    }
}
