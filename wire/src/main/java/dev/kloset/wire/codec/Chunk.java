package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;

/**
 * Messages that carry nothing but content. To send one, send a head and then the content, which is not copied for it; a received
 * chunk is a view of the message.
 */
public final class Chunk {

    private static final MessageNames OPEN_NAMES = MessageNames.of("OpenResponse", "chunk");
    private static final MessageNames GET_NAMES = MessageNames.of("GetResponse", "chunk");
    private static final int OPEN = 1 << 3 | BYTES;
    private static final int EXPORT = 2 << 3 | BYTES;
    private static final int PUT = 3 << 3 | BYTES;
    private static final int GET = 1 << 3 | BYTES;
    private static final int HEAD_BYTES = 6; // one for the tag, up to five for the length

    private Chunk() {}

    /**
     * {@return what precedes a chunk in an OpenResponse}
     *
     * @param length at least 1: the host takes an empty chunk for a read error
     */
    public static ByteBuffer openHead(int length) {
        return head(OPEN, length, "OpenResponse", 1);
    }

    /**
     * {@return what precedes a chunk in an ExportRequest}
     *
     * @param length at least 1: an empty chunk is the end of the content, see {@link ExportRequest#endMarker}
     */
    public static ByteBuffer exportHead(int length) {
        return head(EXPORT, length, "ExportRequest", 1);
    }

    /** {@return what precedes a chunk in a PutRequest} */
    public static ByteBuffer putHead(int length) {
        return head(PUT, length, "PutRequest", 0);
    }

    /** {@return what precedes a chunk in a GetResponse} */
    public static ByteBuffer getHead(int length) {
        return head(GET, length, "GetResponse", 0);
    }

    private static ByteBuffer head(int tag, int length, String message, int shortest) {
        if (length < shortest) {
            throw new IllegalArgumentException(message + ".chunk cannot have " + length + " bytes");
        }
        ProtoWriter out = new ProtoWriter(HEAD_BYTES);
        out.head(tag, length);
        return out.finish();
    }

    /** {@return the chunk in an OpenResponse, a view of {@code message}; empty if there is none} */
    public static ByteBuffer decodeOpen(ByteBuffer message) throws MalformedMessageException {
        return decode(new ProtoReader(message, OPEN_NAMES), OPEN);
    }

    /** {@return the chunk in a GetResponse, a view of {@code message}; empty if there is none} */
    public static ByteBuffer decodeGet(ByteBuffer message) throws MalformedMessageException {
        return decode(new ProtoReader(message, GET_NAMES), GET);
    }

    private static ByteBuffer decode(ProtoReader in, int chunkTag) throws MalformedMessageException {
        ByteBuffer chunk = ByteBuffer.allocate(0);
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            if (tag == chunkTag) {
                chunk = in.slice();
            } else {
                in.skip();
            }
        }
        return chunk;
    }
}
