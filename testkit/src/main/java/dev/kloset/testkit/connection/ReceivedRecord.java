package dev.kloset.testkit.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A record as an importer sent it.
 *
 * @param message the message as it came, to be sent back unchanged
 * @param badTexts the names of the fields that are not UTF-8
 */
public record ReceivedRecord(ByteBuffer message, String pathname, String error, boolean isXattr, String xattrName,
        int xattrType,
        String target, Optional<SeenInfo> info, List<String> xattrNames, List<String> badTexts) {

    /** The FileInfo of a record, with the numbers as the plugin sent them. */
    public record SeenInfo(String name, long size, int mode, long seconds, long nanos, long dev, long ino, long uid,
            long gid,
            long nlink, String username, String groupname) {

        private static final int TYPES = 0x8F280000;

        public boolean isRegular() {
            return (mode & TYPES) == 0;
        }

        boolean isDirectory() {
            return (mode & 0x80000000) != 0;
        }

        public boolean isSymlink() {
            return (mode & 0x08000000) != 0;
        }
    }

    public static ReceivedRecord parse(byte[] message) throws IOException {
        RawMessage record = RawMessage.parse(message);
        List<String> bad = new ArrayList<>();
        check(record, bad, new int[]{ 2, 3, 5, 7, 9 }, "pathname", "error", "xattrName", "target",
                "extendedAttributes");
        Optional<SeenInfo> info = Optional.empty();
        if (record.has(8)) {
            RawMessage fields = RawMessage.parse(record.bytes(8));
            check(fields, bad, new int[]{ 1, 10, 11 }, "name", "username", "groupname");
            info = Optional.of(info(fields));
        }
        return new ReceivedRecord(ByteBuffer.wrap(message), record.text(2), record.text(3), record.number(4) != 0,
                record.text(5),
                (int) record.number(6), record.text(7), info,
                record.all(9).stream().map(name -> new String(name, StandardCharsets.UTF_8)).toList(), bad);
    }

    private static void check(RawMessage fields, List<String> bad, int[] numbers, String... names) {
        for (int i = 0; i < numbers.length; i++) {
            if (!fields.all(numbers[i]).stream().allMatch(RawMessage::isUtf8)) {
                bad.add(names[i]);
            }
        }
    }

    private static SeenInfo info(RawMessage fields) throws IOException {
        RawMessage time = RawMessage.parse(fields.bytes(4));
        return new SeenInfo(fields.text(1), fields.number(2), (int) fields.number(3), time.number(1), time.number(2),
                fields.number(5), fields.number(6), fields.number(7), fields.number(8), fields.number(9),
                fields.text(10), fields.text(11));
    }

    public boolean isError() {
        return !error.isEmpty();
    }

    public boolean isFile() {
        return !isError() && !isXattr && info.isPresent() && info.get().isRegular();
    }

    /** {@return whether the host may ask for its content} */
    public boolean hasContent() {
        return isFile() || isXattr && !isError();
    }

    /** {@return what must identify the record within its import} */
    public String key() {
        return pathname + (isXattr ? "\0" + xattrType + "\0" + xattrName : "");
    }

    /** {@return the name of the record in a report} */
    public String words() {
        return isXattr ? "attribute " + xattrName + " of " + pathname : "\"" + pathname + "\"";
    }

    private byte[] bytes() {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        return bytes;
    }

    /** {@return the acknowledgement of the record} */
    ByteBuffer acknowledgement() {
        return new RawMessageBuilder().message(1, new RawMessageBuilder().bytes(1, bytes())).encode();
    }

    /** {@return the request for its content, with the fields that a host sends} */
    ByteBuffer openRequest() {
        RawMessageBuilder record = new RawMessageBuilder().text(2, pathname);
        if (isXattr) {
            record.number(4, 1).text(5, xattrName).number(6, xattrType);
        }
        return new RawMessageBuilder().message(1, record).encode();
    }
}
