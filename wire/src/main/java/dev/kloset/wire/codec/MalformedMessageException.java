package dev.kloset.wire.codec;

import java.io.IOException;

/** The bytes are not the message they should be. The text says which message, which field, and what is wrong with it. */
public sealed class MalformedMessageException extends IOException permits RefusedRecordException {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message);
    }
}
