package dev.kloset;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of one record. */
public final class ConnectorResult {

    private final ConnectorRecord record;
    private final @Nullable String error;

    private ConnectorResult(ConnectorRecord record, @Nullable String error) {
        this.record = Objects.requireNonNull(record, "record");
        this.error = error;
    }

    /** {@return success} */
    public static ConnectorResult ok(ConnectorRecord record) {
        return new ConnectorResult(record, null);
    }

    /** {@return failure with a sentence} */
    public static ConnectorResult error(ConnectorRecord record, String error) {
        return new ConnectorResult(record, Objects.requireNonNull(error, "error"));
    }

    /** {@return the record that this result is about} */
    public ConnectorRecord record() {
        return record;
    }

    /** {@return what went wrong, or nothing} Plakar v1.1 acknowledges every imported record without an error. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    @Override
    public String toString() {
        return record.pathname() + (error == null ? ": ok" : ": " + error);
    }
}
