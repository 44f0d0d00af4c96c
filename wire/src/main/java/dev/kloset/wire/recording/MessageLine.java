package dev.kloset.wire.recording;

import dev.kloset.wire.protobuf.MessageDescriptor;
import dev.kloset.wire.protobuf.MessageDescriptor.Field;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message as a recording may hold it: contents as length and hash, a configuration as its keys, texts without secrets.
 *
 * @param secrets what texts must not repeat
 */
record MessageLine(Secrets secrets) {

    private static final int MAX_LISTED = 100;

    Map<String, Object> of(MessageDescriptor descriptor, Map<String, Object> tree) {
        Map<String, Object> line = new LinkedHashMap<>();
        for (Field field : descriptor.fields()) {
            Object value = tree.get(field.name());
            if (value instanceof List<?> list && field.repeated() && list.size() > MAX_LISTED) {
                line.put(field.name(), Map.of("count", list.size()));
            } else if (value instanceof List<?> list) {
                line.put(field.name(), list.stream().map(one -> part(field, one)).toList());
            } else if (value != null) {
                line.put(field.name(), part(field, value));
            }
        }
        return line;
    }

    private Object part(Field field, Object value) {
        return switch (value) {
            case String text -> field.name().equals("error") ? secrets.hideInError(text) : secrets.hide(text);
            case ByteBuffer bytes when field.type() == MessageDescriptor.Type.CONTENT -> content(bytes);
            case ByteBuffer bytes -> HexFormat.of().formatHex(array(bytes));
            case Map<?, ?> config when field.type() == MessageDescriptor.Type.CONFIG -> keys(config);
            case Map<?, ?> nested -> {
                Map<String, Object> named = new LinkedHashMap<>();
                nested.forEach((name, one) -> named.put(String.valueOf(name), one));
                yield of(field.descriptor(), named);
            }
            default -> value;
        };
    }

    /** Keys with empty values; for a location, its scheme and shape. */
    private static Map<String, String> keys(Map<?, ?> config) {
        Map<String, String> keys = new TreeMap<>();
        config.forEach((key, value) -> keys.put(String.valueOf(key),
                "location".equals(key) ? Secrets.shape(String.valueOf(value)) : ""));
        return keys;
    }

    private static Map<String, Object> content(ByteBuffer bytes) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("length", bytes.remaining());
        content.put("sha256", HexFormat.of().formatHex(sha256(bytes)));
        return content;
    }

    private static byte[] sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.duplicate());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }
}
