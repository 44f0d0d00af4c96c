package dev.kloset.wire.grpc;

import static java.util.Objects.requireNonNull;

/**
 * How a call ended, and why in one sentence.
 *
 * @param code the kind of end
 * @param message what the user reads; empty only for {@link StatusCode#OK} (an error without a text would show the user nothing
 *     at all), so the name of the code replaces an empty one
 */
public record Status(StatusCode code, String message) {

    static final Status OK = new Status(StatusCode.OK, "");

    public Status {
        requireNonNull(code, "code");
        requireNonNull(message, "message");
        if (code != StatusCode.OK && message.isBlank()) {
            message = "the call failed with status " + code + " and no message";
        }
    }
}
