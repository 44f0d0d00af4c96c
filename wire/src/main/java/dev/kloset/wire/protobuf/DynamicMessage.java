package dev.kloset.wire.protobuf;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;
import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.wire.protobuf.MessageDescriptor.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any message as a tree of named values: String, Long, Boolean, ByteBuffer (a view of the message), the tree of a message, the
 * map of a configuration, and lists of repeated fields. Checks nothing but the encoding itself.
 */
public final class DynamicMessage {

    private static final MessageNames NAMES = MessageNames.of("a message");
    private static final MessageNames ENTRY = MessageNames.of("config", "key", "value");
    private static final int KEY = 1 << 3 | BYTES;
    private static final int VALUE = 2 << 3 | BYTES;
    private static final int USUAL_BYTES = 256;

    private DynamicMessage() {}

    /** {@return the fields that are present, without those that {@code descriptor} does not have} */
    public static Map<String, Object> decode(MessageDescriptor descriptor, ByteBuffer message)
            throws MalformedMessageException {
        return read(descriptor, new ProtoReader(message, NAMES));
    }

    private static Map<String, Object> read(MessageDescriptor descriptor, ProtoReader in)
            throws MalformedMessageException {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            Field field = descriptor.field(tag >>> 3);
            if (field == null || (tag & 7) != wireType(field)) {
                in.skip();
            } else if (field.repeated()) {
                list(tree, field.name()).add(value(field, in, null));
            } else {
                tree.put(field.name(), value(field, in, tree.get(field.name())));
            }
        }
        return tree;
    }

    private static int wireType(Field field) {
        return switch (field.type()) {
            case NUMBER, FLAG -> VARINT;
            case TEXT, BYTES, CONTENT, MESSAGE, CONFIG -> BYTES;
        };
    }

    @SuppressWarnings("unchecked") // only read() makes these lists
    private static List<Object> list(Map<String, Object> tree, String name) {
        return (List<Object>) tree.computeIfAbsent(name, _ -> new ArrayList<>());
    }

    private static Object value(Field field, ProtoReader in, @Nullable Object before)
            throws MalformedMessageException {
        return switch (field.type()) {
            case TEXT -> in.string();
            case NUMBER -> in.varint();
            case FLAG -> in.bool();
            case BYTES, CONTENT -> in.slice();
            case MESSAGE -> read(field.descriptor(), in.message(NAMES));
            case CONFIG -> entry(in.message(ENTRY), before);
        };
    }

    @SuppressWarnings("unchecked") // only this method makes these maps
    private static Map<String, String> entry(ProtoReader in, @Nullable Object before) throws MalformedMessageException {
        String key = "";
        String text = "";
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case KEY -> key = in.string();
                case VALUE -> text = in.string();
                default -> in.skip();
            }
        }
        Map<String, String> config = before == null ? new LinkedHashMap<>() : (Map<String, String>) before;
        config.put(key, text);
        return config;
    }

    /**
     * {@return the message with the values of {@code tree}}
     *
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public static ByteBuffer encode(MessageDescriptor descriptor, Map<String, ?> tree) {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        write(out, descriptor, tree);
        return out.finish();
    }

    private static void write(ProtoWriter out, MessageDescriptor descriptor, Map<String, ?> tree) {
        for (Field field : descriptor.fields()) {
            Object value = tree.get(field.name());
            if (field.repeated() && value instanceof List<?> all) {
                all.forEach(one -> write(out, field, one));
            } else if (value != null) {
                write(out, field, value);
            }
        }
    }

    private static void write(ProtoWriter out, Field field, Object value) {
        int tag = field.number() << 3 | wireType(field);
        switch (value) {
            case String text -> out.element(NAMES, tag, text);
            case Long number -> out.varint(tag, number);
            case Boolean flag -> out.bool(tag, flag);
            case ByteBuffer bytes -> out.presentBytes(tag, bytes);
            case Map<?, ?> entries when field.type() == MessageDescriptor.Type.CONFIG -> writeConfig(out, tag, entries);
            case Map<?, ?> nested -> {
                Map<String, Object> named = new LinkedHashMap<>();
                nested.forEach((name, part) -> named.put(String.valueOf(name), part));
                int mark = out.open(tag);
                write(out, field.descriptor(), named);
                out.close(mark);
            }
            default -> throw new IllegalArgumentException(field.name() + " cannot be a " + value.getClass().getName());
        }
    }

    private static void writeConfig(ProtoWriter out, int tag, Map<?, ?> entries) {
        entries.forEach((key, value) -> {
            int mark = out.open(tag);
            out.string(ENTRY, KEY, String.valueOf(key));
            out.string(ENTRY, VALUE, String.valueOf(value));
            out.close(mark);
        });
    }
}
