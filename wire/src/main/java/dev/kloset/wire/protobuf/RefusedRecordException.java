package dev.kloset.wire.protobuf;

/** Says that a message was understood but holds a record that breaks the rules for records. What follows it is unharmed. */
public final class RefusedRecordException extends MalformedMessageException {

    private static final long serialVersionUID = 1L;

    private final boolean hasReader;

    public RefusedRecordException(String message, boolean hasReader) {
        super(message);
        this.hasReader = hasReader;
    }

    /** {@return whether the record announced content} On export its chunks follow, refused or not. */
    public boolean hasReader() {
        return hasReader;
    }
}
