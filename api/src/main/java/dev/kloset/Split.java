package dev.kloset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of several equal parts of a source, each of which another process backs up, perhaps on another machine: {@code 2/3} is the
 * second of three. Immutable.
 *
 * {@snippet :
 * if (split.takes(path)) {
 *     records.emit(file(path));
 * }
 * }
 *
 * <p>Which part takes a thing follows from the thing's name alone, so all parts together take everything once, without talking to
 * each other, and each takes the same in the next backup. The assignment never changes from one release of the SDK to the next.
 * Another number of parts is another assignment, for which the next backup reads everything anew. Emit directories in each part
 * that has something in them.
 *
 * <p>Give each part an origin of its own, with {@link #suffix}: Plakar looks for the previous backup by origin, and would compare
 * with that of another part otherwise.
 *
 * @param number which part this is, from 1
 * @param count how many parts there are, at most 99
 */
public record Split(int number, int count) {

    private static final int MOST = 99;
    private static final int TEN = 10;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Check that the part is one of them. */
    public Split {
        if (count < 1 || count > MOST || number < 1 || number > count) {
            throw new IllegalArgumentException("there is no part " + number + " of " + count);
        }
    }

    /** {@return the split of {@code text}, or nothing if it is none} */
    static Optional<Split> parse(String text) {
        int slash = text.indexOf('/');
        int number = slash < 0 ? 0 : number(text.substring(0, slash));
        int count = slash < 0 ? 0 : number(text.substring(slash + 1));
        return number >= 1 && number <= count ? Optional.of(new Split(number, count)) : Optional.empty();
    }

    /** {@return a number from 1 to 99 without a leading zero; 0 for everything else} */
    private static int number(String text) {
        if (text.isEmpty() || text.length() > 2 || text.charAt(0) == '0') {
            return 0;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return 0;
            }
        }
        return Integer.parseInt(text);
    }

    /** {@return the regular expression of exactly the texts that {@link #parse} takes, without what some dialects lack} */
    static String pattern() {
        List<String> ways = new ArrayList<>();
        for (int i = 1; i < TEN; i++) {
            ways.add(i + "/" + digits(i));
        }
        ways.add("[1-9]/[1-9][0-9]");
        for (int tens = 1; tens < TEN; tens++) {
            if (tens + 1 < TEN) {
                ways.add(tens + "[0-9]/" + digits(tens + 1) + "[0-9]");
            }
            for (int ones = 0; ones < TEN; ones++) {
                ways.add(tens + "" + ones + "/" + tens + digits(ones));
            }
        }
        return "(?:" + String.join("|", ways) + ")";
    }

    private static String digits(int from) {
        return "[" + from + "-9]";
    }

    /** {@return whether this part takes the thing of this name: exactly one of the parts does} */
    public boolean takes(String name) {
        return count == 1 || Long.remainderUnsigned(hash(name), count) == number - 1;
    }

    /** FNV-1a of the UTF-8 bytes, mixed as in MurmurHash3: the low bits of FNV alone follow those of the last byte. */
    private static long hash(String name) {
        long hash = FNV_OFFSET;
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** {@return what to add to the origin: {@code #2-of-3}; nothing if there is one part only} */
    public String suffix() {
        return count == 1 ? "" : "#" + number + "-of-" + count;
    }

    /** {@return a word for the backup's tag, by which users find the parts that belong together: {@code split-2-of-3}} */
    public String tag() {
        return "split-" + number + "-of-" + count;
    }

    /** {@return the split as users write it: {@code 2/3}} */
    @Override
    public String toString() {
        return number + "/" + count;
    }
}
