package dev.kloset.wire.protobuf;

import java.io.IOException;

/** The bytes are not the expected message. The text names the message, the field, and what is wrong with it. */
public sealed class MalformedMessageException extends IOException permits RefusedRecordException {

    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }
}
