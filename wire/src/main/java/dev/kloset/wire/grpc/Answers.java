package dev.kloset.wire.grpc;

import dev.kloset.support.Sentence;
import dev.kloset.wire.frame.HeaderBlock;

/** The header fields with which a server answers. */
final class Answers {

    /** How much the fields beside the text take at most. */
    private static final int OTHER_FIELDS = 512;

    private static final HeaderBlock HEADERS = headers("200").build();
    private static final HeaderBlock OK_TRAILERS = status(HeaderBlock.builder(), Status.OK, 0).build();
    private static final HeaderBlock OK_ONLY = status(headers("200"), Status.OK, 0).build();

    private Answers() {}

    /** {@return the fields before the first message} */
    static HeaderBlock headers() {
        return HEADERS;
    }

    /** {@return the fields after the last message} */
    static HeaderBlock trailers(Status status, long maxListBytes) {
        return status.code() == StatusCode.OK
                ? OK_TRAILERS
                : status(HeaderBlock.builder(), status, maxListBytes).build();
    }

    /** {@return the fields of an answer without messages} */
    static HeaderBlock only(String httpStatus, Status status, long maxListBytes) {
        return status.code() == StatusCode.OK ? OK_ONLY : status(headers(httpStatus), status, maxListBytes).build();
    }

    private static HeaderBlock.Builder headers(String httpStatus) {
        return HeaderBlock.builder().add(":status", httpStatus).add("content-type", "application/grpc");
    }

    private static HeaderBlock.Builder status(HeaderBlock.Builder fields, Status status, long maxListBytes) {
        fields.add("grpc-status", Integer.toString(status.code().number()));
        if (status.code() != StatusCode.OK) {
            int max = Math.clamp(maxListBytes - OTHER_FIELDS, 0, Integer.MAX_VALUE);
            fields.add("grpc-message", GrpcMessage.encode(Sentence.of(status.message()), max));
        }
        return fields;
    }
}
