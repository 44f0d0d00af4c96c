package dev.kloset.wire.codec;

import static dev.kloset.wire.codec.ProtoReader.VARINT;

import java.time.Instant;

/** google.protobuf.Timestamp, to the nanosecond. */
final class TimestampCodec {

    private static final MessageNames NAMES = MessageNames.of("Timestamp", "seconds", "nanos");
    private static final int SECONDS = 1 << 3 | VARINT;
    private static final int NANOS = 2 << 3 | VARINT;

    // The years 0001 to 9999, all that a Timestamp may hold. The first second is the zero time of Go.
    private static final long MIN_SECONDS = -62_135_596_800L;
    private static final long MAX_SECONDS = 253_402_300_799L;
    private static final int MAX_NANOS = 999_999_999;

    private long seconds;
    private int nanos;

    /** Write the message even for 1970, where it is empty: Go does the same. */
    static void write(ProtoWriter out, int tag, Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("the time " + time + " is outside the years 0001 to 9999");
        }
        int mark = out.open(tag);
        out.varint(SECONDS, seconds);
        out.varint(NANOS, time.getNano());
        out.close(mark);
    }

    void merge(ProtoReader outer) throws MalformedMessageException {
        ProtoReader in = outer.message(NAMES);
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case SECONDS -> seconds = in.varint();
                case NANOS -> nanos = in.int32();
                default -> in.skip();
            }
        }
    }

    Instant time() throws MalformedMessageException {
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw new MalformedMessageException("cannot read Timestamp.nanos: " + nanos + " is not below a second");
        }
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
            throw new MalformedMessageException(
                    "cannot read Timestamp.seconds: " + seconds + " is outside the years 0001 to 9999");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
