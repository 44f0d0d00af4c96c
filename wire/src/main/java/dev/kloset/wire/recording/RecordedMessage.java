package dev.kloset.wire.recording;

import dev.kloset.wire.protobuf.DynamicMessage;
import dev.kloset.wire.protobuf.MessageDescriptor;
import dev.kloset.wire.protobuf.MessageDescriptor.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reconstructs a message from a recording: values of the configuration are supplied anew, contents have the recorded length and
 * bytes that depend on nothing else.
 */
public final class RecordedMessage {

    private static final int MAX_CONTENT = 16 << 20;

    private final Map<String, String> config;
    private final Secrets secrets;

    public RecordedMessage(Map<String, String> config) {
        this.config = Map.copyOf(config);
        this.secrets = Secrets.of(config);
    }

    /**
     * {@return the bytes of a message that the host sent to {@code path}}
     *
     * @throws IOException if the recording does not say enough about it
     */
    public ByteBuffer encode(String path, Map<?, ?> message) throws IOException {
        MessageDescriptor descriptor = MessageDescriptor.request(path);
        return DynamicMessage.encode(descriptor, tree(descriptor, message));
    }

    private Map<String, Object> tree(MessageDescriptor descriptor, Map<?, ?> message) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Field field : descriptor.fields()) {
            Object value = message.get(field.name());
            if (field.repeated() && value instanceof List<?> list) {
                List<Object> parts = new ArrayList<>();
                for (Object one : list) {
                    parts.add(part(field, one));
                }
                tree.put(field.name(), parts);
            } else if (value != null) {
                tree.put(field.name(), part(field, value));
            }
        }
        return tree;
    }

    private Object part(Field field, Object value) throws IOException {
        return switch (value) {
            case String text when field.type() == MessageDescriptor.Type.TEXT -> secrets.reveal(text);
            case String hex when field.type() == MessageDescriptor.Type.BYTES -> bytes(field, hex);
            case Long number when field.type() == MessageDescriptor.Type.NUMBER -> number;
            case Boolean flag when field.type() == MessageDescriptor.Type.FLAG -> flag;
            case Map<?, ?> keys when field.type() == MessageDescriptor.Type.CONFIG -> values(keys);
            case Map<?, ?> content when field.type() == MessageDescriptor.Type.CONTENT -> content(content);
            case Map<?, ?> nested when field.type() == MessageDescriptor.Type.MESSAGE ->
                tree(field.descriptor(), nested);
            default -> throw new IOException("the recording does not say enough about " + field.name());
        };
    }

    private static ByteBuffer bytes(Field field, String hex) throws IOException {
        try {
            return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new IOException("the recording has no hexadecimal digits in " + field.name(), e);
        }
    }

    private Map<String, String> values(Map<?, ?> keys) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Object key : keys.keySet()) {
            String value = config.get(String.valueOf(key));
            if (value == null) {
                throw new IOException("the recording has no values of settings: give one with -o " + key + "=VALUE");
            }
            values.put(String.valueOf(key), value);
        }
        return values;
    }

    private static ByteBuffer content(Map<?, ?> content) throws IOException {
        if (!(content.get("length") instanceof Long length) || length < 0 || length > MAX_CONTENT) {
            throw new IOException("the recording has a content with an impossible length");
        }
        byte[] bytes = new byte[length.intValue()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return ByteBuffer.wrap(bytes);
    }

    /** {@return {@code text} as a recording with these settings would have it} */
    public String hideInError(String text) {
        return secrets.hideInError(text);
    }

    /** {@return {@code text} with these settings in the places where the recording has names} */
    public String reveal(String text) {
        return secrets.reveal(text);
    }
}
