package dev.kloset.wire.grpc;

import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Headers;
import dev.kloset.wire.http2.StreamFailure;
import org.jspecify.annotations.Nullable;

/** Determines how a call ended from the fields that a server sends, including those of a server that does not speak gRPC. */
final class StatusReader {

    static final String CONTENT_TYPE = "application/grpc";

    private StatusReader() {}

    /** {@return the status in these fields, or null} */
    static @Nullable Status status(Headers fields, String path) {
        String number = fields.first("grpc-status");
        if (number == null) {
            return null;
        }
        StatusCode code = code(number);
        String text = fields.first("grpc-message");
        String message = text == null ? "" : GrpcMessage.decode(text);
        if (code != StatusCode.OK && message.isBlank()) {
            message = path + " failed with status " + code + " and no message";
        }
        return new Status(code, message);
    }

    private static StatusCode code(String number) {
        try {
            return StatusCode.of(Integer.parseInt(number));
        } catch (NumberFormatException _) {
            return StatusCode.UNKNOWN;
        }
    }

    static Status missing(String path) {
        return new Status(StatusCode.INTERNAL, path + " ended without a status");
    }

    /** {@return what is wrong with an answer that does not come from a gRPC server, or null if it does} */
    static @Nullable Status notGrpc(Headers answer, String path) {
        String http = answer.first(":status");
        String type = answer.first("content-type");
        boolean grpc = type != null && type.startsWith(CONTENT_TYPE);
        if ("200".equals(http) && grpc || answer.first("grpc-status") != null) {
            return null;
        }
        String what = "200".equals(http) ? "content of type " + type : "HTTP status " + http;
        return new Status(ofHttp(http), path + " was answered with " + what + ", not with gRPC");
    }

    private static StatusCode ofHttp(@Nullable String status) {
        return switch (status == null ? "" : status) {
            case "400" -> StatusCode.INTERNAL;
            case "401" -> StatusCode.UNAUTHENTICATED;
            case "403" -> StatusCode.PERMISSION_DENIED;
            case "404" -> StatusCode.UNIMPLEMENTED;
            case "429", "502", "503", "504" -> StatusCode.UNAVAILABLE;
            default -> StatusCode.UNKNOWN;
        };
    }

    /** {@return the status of a call whose stream was cut off} */
    static Status of(StreamFailure failure, String path) {
        return switch (failure.origin()) {
            case US -> new Status(StatusCode.CANCELLED, path + " was cancelled");
            case CONNECTION -> new Status(StatusCode.UNAVAILABLE, path + " failed: " + failure.text());
            case PEER, PROTOCOL -> new Status(ofReset(failure.code()), path + " failed: " + failure.text());
        };
    }

    private static StatusCode ofReset(ErrorCode code) {
        return switch (code) {
            case REFUSED_STREAM -> StatusCode.UNAVAILABLE;
            case CANCEL -> StatusCode.CANCELLED;
            case ENHANCE_YOUR_CALM -> StatusCode.RESOURCE_EXHAUSTED;
            case INADEQUATE_SECURITY -> StatusCode.PERMISSION_DENIED;
            default -> StatusCode.INTERNAL;
        };
    }
}
