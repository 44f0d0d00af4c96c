package dev.kloset.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A record as an importer sent it.
 *
 * @param message the message, to be sent back as it came
 * @param badTexts the names of the fields that are not UTF-8
 */
record SeenRecord(ByteBuffer message, String pathname, String error, boolean isXattr, String xattrName, int xattrType,
        String target, Optional<SeenInfo> info, List<String> xattrNames, List<String> badTexts) {

    /** Its FileInfo, with the numbers as they were sent. */
    record SeenInfo(String name, long size, int mode, long seconds, long nanos, long dev, long ino, long uid, long gid,
            long nlink, String username, String groupname) {

        private static final int TYPES = 0x8F280000;

        boolean isRegular() {
            return (mode & TYPES) == 0;
        }

        boolean isDirectory() {
            return (mode & 0x80000000) != 0;
        }

        boolean isSymlink() {
            return (mode & 0x08000000) != 0;
        }
    }

    static SeenRecord parse(byte[] message) throws IOException {
        Fields record = Fields.parse(message);
        List<String> bad = new ArrayList<>();
        check(record, bad, new int[]{ 2, 3, 5, 7, 9 }, "pathname", "error", "xattrName", "target",
                "extendedAttributes");
        Optional<SeenInfo> info = Optional.empty();
        if (record.has(8)) {
            Fields fields = Fields.parse(record.bytes(8));
            check(fields, bad, new int[]{ 1, 10, 11 }, "name", "username", "groupname");
            info = Optional.of(info(fields));
        }
        return new SeenRecord(ByteBuffer.wrap(message), record.text(2), record.text(3), record.number(4) != 0,
                record.text(5),
                (int) record.number(6), record.text(7), info,
                record.all(9).stream().map(name -> new String(name, StandardCharsets.UTF_8)).toList(), bad);
    }

    private static void check(Fields fields, List<String> bad, int[] numbers, String... names) {
        for (int i = 0; i < numbers.length; i++) {
            if (!fields.all(numbers[i]).stream().allMatch(Fields::isUtf8)) {
                bad.add(names[i]);
            }
        }
    }

    private static SeenInfo info(Fields fields) throws IOException {
        Fields time = Fields.parse(fields.bytes(4));
        return new SeenInfo(fields.text(1), fields.number(2), (int) fields.number(3), time.number(1), time.number(2),
                fields.number(5), fields.number(6), fields.number(7), fields.number(8), fields.number(9),
                fields.text(10), fields.text(11));
    }

    boolean isError() {
        return !error.isEmpty();
    }

    boolean isFile() {
        return !isError() && !isXattr && info.isPresent() && info.get().isRegular();
    }

    /** {@return whether the host may ask for its content} */
    boolean hasContent() {
        return isFile() || isXattr && !isError();
    }

    /** {@return what no other record of an import may have as well} */
    String key() {
        return pathname + (isXattr ? "\0" + xattrType + "\0" + xattrName : "");
    }

    /** {@return how a report names it} */
    String words() {
        return isXattr ? "attribute " + xattrName + " of " + pathname : "\"" + pathname + "\"";
    }

    private byte[] bytes() {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        return bytes;
    }

    /** {@return the acknowledgement} */
    ByteBuffer acknowledgement() {
        return new Message().message(1, new Message().bytes(1, bytes())).encode();
    }

    /** {@return the request for its content, with the fields that a host sends} */
    ByteBuffer openRequest() {
        Message record = new Message().text(2, pathname);
        if (isXattr) {
            record.number(4, 1).text(5, xattrName).number(6, xattrType);
        }
        return new Message().message(1, record).encode();
    }
}
