package dev.kloset.wire.protobuf;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message, as data: for code that looks at any message, whatever it means. Connectors use the class of the
 * message instead.
 */
public final class MessageDescriptor {

    /** What a field holds. */
    public enum Type {
        TEXT, NUMBER, FLAG,
        /** A few bytes that name something. */
        BYTES,
        /** Bytes of the user's data, present even if there are none. */
        CONTENT,
        /** Another message. */
        MESSAGE,
        /** Entries of a configuration, whose values may be secret. */
        CONFIG
    }

    /**
     * A field.
     *
     * @param descriptor of a message, otherwise the descriptor without fields
     */
    public record Field(int number, String name, Type type, boolean repeated, MessageDescriptor descriptor) {}

    private static final MessageDescriptor NOTHING = new MessageDescriptor(List.of());

    private static final MessageDescriptor TIMESTAMP = of(number(1, "seconds"), number(2, "nanos"));
    private static final MessageDescriptor FILE_INFO = of(text(1, "name"), number(2, "size"), number(3, "mode"),
            message(4, "mod_time", TIMESTAMP), number(5, "dev"), number(6, "ino"), number(7, "uid"), number(8, "gid"),
            number(9, "nlink"), text(10, "username"), text(11, "groupname"), number(12, "flags"));
    private static final MessageDescriptor RECORD = of(flag(1, "hasReader"), text(2, "pathname"), text(3, "error"),
            flag(4, "isXattr"), text(5, "xattrName"), number(6, "xattrType"), text(7, "target"),
            message(8, "fileInfo", FILE_INFO), new Field(9, "extendedAttributes", Type.TEXT, true, NOTHING),
            number(10, "fileAttributes"));
    private static final MessageDescriptor RESULT = of(message(1, "header", RECORD), text(2, "error"));
    private static final MessageDescriptor OPTIONS = of(text(1, "hostname"), text(2, "os"), text(3, "arch"),
            text(4, "cwd"),
            number(5, "maxconcurrency"), new Field(6, "excludes", Type.TEXT, true, NOTHING), flag(7, "noxattr"));
    private static final MessageDescriptor INIT = of(message(1, "options", OPTIONS), text(2, "proto"), config(3));
    private static final MessageDescriptor INIT_ANSWER = of(text(1, "origin"), text(2, "type"), text(3, "root"),
            number(4, "flags"));
    private static final MessageDescriptor ONE_RESULT = of(message(1, "result", RESULT));
    private static final MessageDescriptor ONE_CONTENT = of(content(1, "chunk"));
    private static final MessageDescriptor DESCRIPTION = of(content(1, "config"));

    private static final Map<String, MessageDescriptor> REQUESTS = Map.ofEntries(
            Map.entry(Rpc.IMPORTER + Rpc.INIT, INIT),
            Map.entry(Rpc.IMPORTER + Rpc.IMPORT, ONE_RESULT),
            Map.entry(Rpc.IMPORTER + Rpc.OPEN, of(message(1, "record", RECORD))),
            Map.entry(Rpc.EXPORTER + Rpc.INIT, INIT),
            Map.entry(Rpc.EXPORTER + Rpc.EXPORT, of(message(1, "record", RECORD), content(2, "chunk"))),
            Map.entry(Rpc.STORE + Rpc.INIT, of(text(1, "proto"), config(2))),
            Map.entry(Rpc.STORE + Rpc.CREATE, DESCRIPTION),
            Map.entry(Rpc.STORE + Rpc.LIST, of(number(1, "type"), number(2, "flags"))),
            Map.entry(Rpc.STORE + Rpc.PUT,
                    of(bytes(1, "mac"), number(2, "type"), content(3, "chunk"), number(4, "flags"))),
            Map.entry(Rpc.STORE + Rpc.GET, of(bytes(1, "mac"), number(2, "type"),
                    message(3, "range", of(number(1, "offset"), number(2, "length"))), number(4, "flags"))),
            Map.entry(Rpc.STORE + Rpc.DELETE, of(bytes(1, "mac"), number(2, "type"), number(3, "flags"))));

    private static final Map<String, MessageDescriptor> ANSWERS = Map.ofEntries(
            Map.entry(Rpc.IMPORTER + Rpc.INIT, INIT_ANSWER),
            Map.entry(Rpc.IMPORTER + Rpc.IMPORT, of(message(1, "record", RECORD), flag(2, "finished"))),
            Map.entry(Rpc.IMPORTER + Rpc.OPEN, ONE_CONTENT),
            Map.entry(Rpc.EXPORTER + Rpc.INIT, INIT_ANSWER),
            Map.entry(Rpc.EXPORTER + Rpc.EXPORT, ONE_RESULT),
            Map.entry(Rpc.STORE + Rpc.INIT,
                    of(text(1, "origin"), text(2, "type"), text(3, "root"), number(5, "flags"))),
            Map.entry(Rpc.STORE + Rpc.OPEN, DESCRIPTION),
            Map.entry(Rpc.STORE + Rpc.MODE, of(number(1, "mode"))),
            Map.entry(Rpc.STORE + Rpc.SIZE, of(number(1, "size"))),
            Map.entry(Rpc.STORE + Rpc.LIST, of(new Field(1, "macs", Type.BYTES, true, NOTHING))),
            Map.entry(Rpc.STORE + Rpc.PUT, of(number(1, "bytes_written"))),
            Map.entry(Rpc.STORE + Rpc.GET, ONE_CONTENT));

    private final List<Field> fields;

    private MessageDescriptor(List<Field> fields) {
        this.fields = fields;
    }

    /** {@return the request that the host sends to {@code path}} Without fields if the path is unknown. */
    public static MessageDescriptor request(String path) {
        return REQUESTS.getOrDefault(path, NOTHING);
    }

    /** {@return the plugin's answer to {@code path}} Without fields if the path is unknown. */
    public static MessageDescriptor answer(String path) {
        return ANSWERS.getOrDefault(path, NOTHING);
    }

    @Nullable
    Field field(int number) {
        for (Field field : fields) {
            if (field.number() == number) {
                return field;
            }
        }
        return null;
    }

    /** {@return the fields in the order of their numbers} */
    public List<Field> fields() {
        return fields;
    }

    private static MessageDescriptor of(Field... fields) {
        return new MessageDescriptor(List.of(fields));
    }

    private static Field text(int number, String name) {
        return new Field(number, name, Type.TEXT, false, NOTHING);
    }

    private static Field number(int number, String name) {
        return new Field(number, name, Type.NUMBER, false, NOTHING);
    }

    private static Field flag(int number, String name) {
        return new Field(number, name, Type.FLAG, false, NOTHING);
    }

    private static Field bytes(int number, String name) {
        return new Field(number, name, Type.BYTES, false, NOTHING);
    }

    private static Field content(int number, String name) {
        return new Field(number, name, Type.CONTENT, false, NOTHING);
    }

    private static Field config(int number) {
        return new Field(number, "config", Type.CONFIG, false, NOTHING);
    }

    private static Field message(int number, String name, MessageDescriptor descriptor) {
        return new Field(number, name, Type.MESSAGE, false, descriptor);
    }
}
