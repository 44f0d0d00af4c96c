package dev.kloset;

/**
 * A number of bytes.
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) {

    /** The form of a size; short enough that no size is too large for a long. */
    static final String PATTERN = "(?:[0-9]{1,18}(?: ?B)?|[0-9]{1,15} ?[kK]i?B|[0-9]{1,12} ?Mi?B|[0-9]{1,9} ?Gi?B"
            + "|[0-9]{1,6} ?Ti?B|[0-9]{1,3} ?Pi?B)";

    private static final String POWERS = "BKMGTP";

    /** Refuse a negative number. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must not be negative");
        }
    }

    /**
     * {@return the size that {@code text} names} Units are B, kB, MB, GB, TB, PB (powers of 1000) and KiB to PiB (powers of
     * 1024); without a unit the number counts bytes.
     *
     * @throws IllegalArgumentException if it names no size; the message does not repeat the text
     */
    public static ByteSize parse(String text) {
        if (!text.matches(PATTERN)) {
            throw new IllegalArgumentException("not a size such as 512kB or 16MiB");
        }
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        String unit = text.substring(digits).strip();
        long bytes = Long.parseLong(text.substring(0, digits));
        int power = unit.isEmpty() ? 0 : POWERS.indexOf(Character.toUpperCase(unit.charAt(0)));
        for (int i = 0; i < power; i++) {
            bytes *= unit.indexOf('i') > 0 ? 1024 : 1000;
        }
        return new ByteSize(bytes);
    }

    /** {@return the shortest text without loss, such as {@code 16MiB}} */
    @Override
    public String toString() {
        long rest = bytes;
        int power = 0;
        while (rest != 0 && rest % 1024 == 0 && power < POWERS.length() - 1) {
            rest /= 1024;
            power++;
        }
        return rest + (power == 0 ? "B" : POWERS.charAt(power) + "iB");
    }
}
