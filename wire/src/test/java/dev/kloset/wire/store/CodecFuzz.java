package dev.kloset.wire.store;

import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.protobuf.DynamicMessage;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageDescriptor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Any bytes as any message: they give a value, or the intended error. The recorder can show the values too. */
public final class CodecFuzz {

    private interface Decoder {
        Object decode(ByteBuffer message) throws MalformedMessageException;
    }

    private static final List<Decoder> DECODERS = List.of(ImportResponse::decode, ImportRequest::decode,
            InitRequest::decode, InitResponse::decode, OpenRequest::decode, ExportRequest::decode,
            ExportResponse::decode, PutRequest::decode, PutResponse::decode, GetRequest::decode, DeleteRequest::decode,
            ListRequest::decode, ListResponse::decode, ModeResponse::decode, SizeResponse::decode,
            StoreInitRequest::decode, StoreInitResponse::decode, ConfigBytes::decode, WireRecord::decode,
            WireResult::decode, Chunk::decodeOpen, Chunk::decodeGet, CodecFuzz::tree);

    private static final List<String> PATHS = List.of("/importer.Importer/Init", "/importer.Importer/Import",
            "/plakar.exporter.Exporter/Export", "/store.Store/Init", "/store.Store/Put", "/store.Store/Get");

    private CodecFuzz() {}

    /** The content of a tree must be the same after writing and reading it. */
    private static Object tree(ByteBuffer message) throws MalformedMessageException {
        MessageDescriptor descriptor = MessageDescriptor.request(PATHS.get(message.remaining() % PATHS.size()));
        Map<String, Object> tree = DynamicMessage.decode(descriptor, message);
        Map<String, Object> again = DynamicMessage.decode(descriptor, DynamicMessage.encode(descriptor, tree));
        if (!normal(again).equals(normal(tree))) {
            throw new IllegalStateException(again + " was " + tree + " before it was written and read");
        }
        return tree;
    }

    /** Numbers that are 0 and flags that are false are not written. */
    private static Map<Object, Object> normal(Map<?, ?> tree) {
        Map<Object, Object> normal = new HashMap<>();
        tree.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                normal.put(name, normal(nested));
            } else if (!value.equals(0L) && !value.equals(false)) {
                normal.put(name, value);
            }
        });
        return normal;
    }

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        try {
            Object value = DECODERS.get((data[0] & 0xFF) % DECODERS.size())
                    .decode(ByteBuffer.wrap(data, 1, data.length - 1));
            if (value.toString() == null) {
                throw new IllegalStateException("a value without a text");
            }
        } catch (MalformedMessageException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new IllegalStateException("an error without a sentence", e);
            }
        }
    }
}
