package dev.kloset.wire.codec;

import dev.kloset.ConnectorRecord;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;

/**
 * A record as it travels.
 *
 * @param record a received record has no content: that of an {@link XattrRecord} cannot be opened until the receiver replaces it
 * @param hasReader on export: whether chunks follow. On import the host asks for content in any case
 * @param sentPathname the sender's name for the record, which may differ from the path of {@code record} only for errors
 */
public record WireRecord(ConnectorRecord record, boolean hasReader, String sentPathname) {

    private static final int USUAL_BYTES = 256;

    /** A record whose name is its path. */
    public WireRecord(ConnectorRecord record, boolean hasReader) {
        this(record, hasReader, record.pathname());
    }

    /** {@return the record with {@code hasReader} as senders set it: true if there is content and the type may have some} */
    public static WireRecord of(ConnectorRecord record) {
        return new WireRecord(record, hasReader(record));
    }

    static boolean hasReader(ConnectorRecord record) {
        // No switch over types: those cannot be in a start-up cache, and every backup runs through here.
        return record instanceof FileRecord file
                ? file.content().isPresent() && file.info().mode().isRegular()
                : record instanceof XattrRecord;
    }

    /**
     * {@return the message Record}
     *
     * @throws IllegalArgumentException if the record cannot be sent, with the reason
     */
    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        RecordCodec.writeFields(out, record, hasReader, sentPathname);
        return out.finish();
    }

    public static WireRecord decode(ByteBuffer message) throws MalformedMessageException {
        RecordCodec fields = new RecordCodec();
        fields.mergeFields(RecordCodec.reader(message));
        return fields.toRecord();
    }
}
