package dev.kloset.wire.codec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message consists of, as data: for those who look at any message, whatever it means. The connectors' own way is the
 * class of the message.
 */
public final class Shape {

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
     * @param shape of a message, else the shape without fields
     */
    public record Field(int number, String name, Type type, boolean repeated, Shape shape) {}

    private static final Shape NOTHING = new Shape(List.of());

    private static final Shape TIMESTAMP = of(number(1, "seconds"), number(2, "nanos"));
    private static final Shape FILE_INFO = of(text(1, "name"), number(2, "size"), number(3, "mode"),
            message(4, "mod_time", TIMESTAMP), number(5, "dev"), number(6, "ino"), number(7, "uid"), number(8, "gid"),
            number(9, "nlink"), text(10, "username"), text(11, "groupname"), number(12, "flags"));
    private static final Shape RECORD = of(flag(1, "hasReader"), text(2, "pathname"), text(3, "error"),
            flag(4, "isXattr"), text(5, "xattrName"), number(6, "xattrType"), text(7, "target"),
            message(8, "fileInfo", FILE_INFO), new Field(9, "extendedAttributes", Type.TEXT, true, NOTHING),
            number(10, "fileAttributes"));
    private static final Shape RESULT = of(message(1, "header", RECORD), text(2, "error"));
    private static final Shape OPTIONS = of(text(1, "hostname"), text(2, "os"), text(3, "arch"), text(4, "cwd"),
            number(5, "maxconcurrency"), new Field(6, "excludes", Type.TEXT, true, NOTHING), flag(7, "noxattr"));
    private static final Shape INIT = of(message(1, "options", OPTIONS), text(2, "proto"), config(3));
    private static final Shape INIT_ANSWER = of(text(1, "origin"), text(2, "type"), text(3, "root"),
            number(4, "flags"));
    private static final Shape ONE_RESULT = of(message(1, "result", RESULT));
    private static final Shape ONE_CONTENT = of(content(1, "chunk"));
    private static final Shape DESCRIPTION = of(content(1, "config"));

    private static final Map<String, Shape> REQUESTS = Map.ofEntries(Map.entry("/importer.Importer/Init", INIT),
            Map.entry("/importer.Importer/Import", ONE_RESULT),
            Map.entry("/importer.Importer/Open", of(message(1, "record", RECORD))),
            Map.entry("/plakar.exporter.Exporter/Init", INIT),
            Map.entry("/plakar.exporter.Exporter/Export", of(message(1, "record", RECORD), content(2, "chunk"))),
            Map.entry("/store.Store/Init", of(text(1, "proto"), config(2))),
            Map.entry("/store.Store/Create", DESCRIPTION),
            Map.entry("/store.Store/List", of(number(1, "type"), number(2, "flags"))),
            Map.entry("/store.Store/Put",
                    of(bytes(1, "mac"), number(2, "type"), content(3, "chunk"), number(4, "flags"))),
            Map.entry("/store.Store/Get", of(bytes(1, "mac"), number(2, "type"),
                    message(3, "range", of(number(1, "offset"), number(2, "length"))), number(4, "flags"))),
            Map.entry("/store.Store/Delete", of(bytes(1, "mac"), number(2, "type"), number(3, "flags"))));

    private static final Map<String, Shape> ANSWERS = Map.ofEntries(Map.entry("/importer.Importer/Init", INIT_ANSWER),
            Map.entry("/importer.Importer/Import", of(message(1, "record", RECORD), flag(2, "finished"))),
            Map.entry("/importer.Importer/Open", ONE_CONTENT),
            Map.entry("/plakar.exporter.Exporter/Init", INIT_ANSWER),
            Map.entry("/plakar.exporter.Exporter/Export", ONE_RESULT),
            Map.entry("/store.Store/Init",
                    of(text(1, "origin"), text(2, "type"), text(3, "root"), number(5, "flags"))),
            Map.entry("/store.Store/Open", DESCRIPTION),
            Map.entry("/store.Store/Mode", of(number(1, "mode"))),
            Map.entry("/store.Store/Size", of(number(1, "size"))),
            Map.entry("/store.Store/List", of(new Field(1, "macs", Type.BYTES, true, NOTHING))),
            Map.entry("/store.Store/Put", of(number(1, "bytes_written"))),
            Map.entry("/store.Store/Get", ONE_CONTENT));

    private final List<Field> fields;

    private Shape(List<Field> fields) {
        this.fields = fields;
    }

    /** {@return what the host sends to {@code path}} No fields if nobody knows. */
    public static Shape request(String path) {
        return REQUESTS.getOrDefault(path, NOTHING);
    }

    /** {@return what the plugin answers to {@code path}} No fields if nobody knows. */
    public static Shape answer(String path) {
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

    private static Shape of(Field... fields) {
        return new Shape(List.of(fields));
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

    private static Field message(int number, String name, Shape shape) {
        return new Field(number, name, Type.MESSAGE, false, shape);
    }
}
