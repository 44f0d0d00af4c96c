package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.time.Instant;

/** google.protobuf.Timestamp, to the nanosecond. */
final class TimestampCodec {

    private static final MessageNames NAMES = MessageNames.of("Timestamp", "seconds", "nanos");
    private static final int SECONDS = 1 << 3 | VARINT;
    private static final int NANOS = 2 << 3 | VARINT;

    // By its definition a Timestamp holds only the years 0001 to 9999. Go neither checks nor needs that, and files have such
    // times.
    private static final long MIN_SECONDS = Instant.MIN.getEpochSecond();
    private static final long MAX_SECONDS = Instant.MAX.getEpochSecond();
    private static final int MAX_NANOS = 999_999_999;

    private long seconds;
    private int nanos;

    /** Write the message even for 1970, for which it is empty: Go does the same. */
    static void write(ProtoWriter out, int tag, Instant time) {
        int mark = out.open(tag);
        out.varint(SECONDS, time.getEpochSecond());
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
                    "cannot read Timestamp.seconds: " + seconds + " seconds are beyond every calendar");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
