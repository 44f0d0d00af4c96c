package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record of an export, or a piece of the previous record's content. Exactly one of the two is present.
 *
 * @param chunk a view of the received message; an empty one ends the content
 */
public record ExportRequest(@Nullable WireRecord record, @Nullable ByteBuffer chunk) {

    private static final MessageNames NAMES = MessageNames.of("ExportRequest", "record", "chunk");
    private static final int RECORD = 1 << 3 | BYTES;
    private static final int CHUNK = 2 << 3 | BYTES;
    private static final int USUAL_BYTES = 256;

    public ExportRequest {
        if ((record == null) == (chunk == null)) {
            throw new IllegalArgumentException("an ExportRequest has either a record or a chunk");
        }
    }

    /** {@return the message that ends the content of a record: a chunk that is present and empty} */
    public static ByteBuffer endMarker() {
        return new ExportRequest(null, ByteBuffer.allocate(0)).encode();
    }

    /**
     * {@return the message} For large chunks use {@link Chunk#exportHead}, which does not copy them.
     *
     * @throws IllegalArgumentException if the record cannot be sent, with the reason
     */
    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        if (record != null) {
            RecordCodec.write(out, RECORD, record.record(), record.hasReader());
        } else if (chunk != null) {
            out.presentBytes(CHUNK, chunk);
        }
        return out.finish();
    }

    public static ExportRequest decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        RecordCodec record = null;
        ByteBuffer chunk = null;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case RECORD -> { // the last value of a oneof wins
                    record = record == null ? new RecordCodec() : record;
                    record.merge(in);
                    chunk = null;
                }
                case CHUNK -> {
                    chunk = in.slice();
                    record = null;
                }
                default -> in.skip();
            }
        }
        if (record == null && chunk == null) {
            throw new MalformedMessageException("cannot read ExportRequest: it has neither a record nor a chunk");
        }
        return new ExportRequest(record == null ? null : record.toRecord(), chunk);
    }
}
