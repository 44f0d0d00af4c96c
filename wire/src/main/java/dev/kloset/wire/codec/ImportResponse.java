package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;
import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.ConnectorRecord;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One record of an import, or the message that there are no more.
 *
 * @param record null exactly when {@code finished}
 */
public record ImportResponse(@Nullable WireRecord record, boolean finished) {

    private static final MessageNames NAMES = MessageNames.of("ImportResponse", "record", "finished");
    private static final int RECORD = 1 << 3 | BYTES;
    private static final int FINISHED = 2 << 3 | VARINT;
    private static final int USUAL_BYTES = 256;

    public ImportResponse {
        if ((record == null) != finished) {
            throw new IllegalArgumentException("an ImportResponse has either a record or the end of the import");
        }
    }

    /** {@return the message that ends an import} */
    public static ByteBuffer finishedMessage() {
        ProtoWriter out = new ProtoWriter(2);
        out.bool(FINISHED, true);
        return out.finish();
    }

    /**
     * {@return the message with this record}
     *
     * @throws IllegalArgumentException if the record cannot be sent, with the reason
     */
    public static ByteBuffer encodeRecord(ConnectorRecord record) {
        return encode(record, WireRecord.hasReader(record), record.pathname());
    }

    private static ByteBuffer encode(ConnectorRecord record, boolean hasReader, String sentPathname) {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        RecordCodec.write(out, RECORD, record, hasReader, sentPathname);
        return out.finish();
    }

    /**
     * {@return the message}
     *
     * @throws IllegalArgumentException if the record cannot be sent, with the reason
     */
    public ByteBuffer encode() {
        return record == null
                ? finishedMessage()
                : encode(record.record(), record.hasReader(), record.sentPathname());
    }

    public static ImportResponse decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        RecordCodec record = null;
        boolean finished = false;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case RECORD -> {
                    record = record == null ? new RecordCodec() : record;
                    record.merge(in);
                }
                case FINISHED -> finished = in.bool();
                default -> in.skip();
            }
        }
        if (finished) {
            return new ImportResponse(null, true); // a record beside it does not count
        }
        if (record == null) {
            throw new MalformedMessageException("cannot read ImportResponse.record: it is missing");
        }
        return new ImportResponse(record.toImportedRecord(), false);
    }
}
