package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;
import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a put. The first names the object, the others bring the bytes; a receiver takes bytes from the first as well.
 *
 * @param mac null in all messages but the first
 * @param resource null in all messages but the first
 * @param chunk a view of the received message, empty if there is none
 */
public record PutRequest(@Nullable ObjectMac mac, @Nullable StorageResource resource, ByteBuffer chunk,
        StoreHints hints) {

    private static final MessageNames NAMES = MessageNames.of("PutRequest", "mac", "type", "chunk", "flags");
    private static final int MAC = 1 << 3 | BYTES;
    private static final int TYPE = 2 << 3 | VARINT;
    private static final int CHUNK = 3 << 3 | BYTES;
    private static final int FLAGS = 4 << 3 | VARINT;
    private static final int USUAL_BYTES = 48;

    /** {@return the message that begins a put} It has no bytes, because a Go plugin would lose them. */
    public static ByteBuffer encodeFirst(StorageResource resource, ObjectMac mac, StoreHints hints) {
        return new PutRequest(mac, resource, ByteBuffer.allocate(0), hints).encode();
    }

    /** {@return the message} For large chunks use {@link Chunk#putHead}, which does not copy them. */
    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES + chunk.remaining());
        if (mac != null) {
            out.bytes(MAC, mac.bytes());
        }
        if (resource != null) {
            out.varint(TYPE, Resources.number(resource));
        }
        if (chunk.hasRemaining()) {
            out.presentBytes(CHUNK, chunk);
        }
        out.varint(FLAGS, Hints.bits(hints));
        return out.finish();
    }

    public static PutRequest decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        byte[] mac = {};
        int type = 0;
        ByteBuffer chunk = ByteBuffer.allocate(0);
        int flags = 0;
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case MAC -> mac = in.bytes();
                case TYPE -> type = in.int32();
                case CHUNK -> chunk = in.slice();
                case FLAGS -> flags = in.int32();
                default -> in.skip();
            }
        }
        return new PutRequest(mac.length == 0 ? null : Macs.of(mac, NAMES, MAC), Resources.orNull(type, NAMES, TYPE),
                chunk, Hints.of(flags));
    }
}
