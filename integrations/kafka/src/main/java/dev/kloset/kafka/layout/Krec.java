package dev.kloset.kafka.layout;

import org.apache.kafka.common.record.TimestampType;

/**
 * The parts of a file of records, format 1. It begins with the letters {@code KREC}, the number of the format, and the header: the
 * topic, its id in 16 bytes, partition, start and size of the window; then the checksum of all this. Each record begins with a byte of
 * flags, followed by how many offsets are missing before it, how far its timestamp is from that of the record before, the key, the
 * value and the headers, as far as the flags say that there are any. A byte of zeros ends the records; their number and the checksum
 * of all bytes follow.
 *
 * <p>Numbers have seven bits in each byte, the lowest first, and the high bit in all bytes but the last; differences of timestamps are
 * zigzag. Texts and arrays have their length in front, values of headers a length that is higher by one, zero for null. Checksums are
 * CRC-32C in four bytes, the highest first.
 */
final class Krec {

    /** The first bytes of a file. */
    static final byte[] MAGIC = { 'K', 'R', 'E', 'C', 1 };
    /** How many of them name the format and not its number. */
    static final int NAME_BYTES = 4;

    static final int END = 0;
    static final int RECORD = 1;
    static final int KEY = 1 << 1;
    static final int VALUE = 1 << 2;
    static final int HEADERS = 1 << 3;
    static final int LOG_APPEND_TIME = 1 << 4;
    static final int NO_TIMESTAMP_TYPE = 1 << 5;
    static final int ALL = RECORD | KEY | VALUE | HEADERS | LOG_APPEND_TIME | NO_TIMESTAMP_TYPE;

    private Krec() {}

    static int flag(TimestampType type) {
        return switch (type) {
            case CREATE_TIME -> 0;
            case LOG_APPEND_TIME -> LOG_APPEND_TIME;
            case NO_TIMESTAMP_TYPE -> NO_TIMESTAMP_TYPE;
        };
    }

    static TimestampType timestampType(int flags) {
        return (flags & LOG_APPEND_TIME) != 0
                ? TimestampType.LOG_APPEND_TIME
                : (flags & NO_TIMESTAMP_TYPE) != 0 ? TimestampType.NO_TIMESTAMP_TYPE : TimestampType.CREATE_TIME;
    }
}
