package dev.kloset;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure whose kind the connector knows. Any other exception is fine too: the SDK turns it into a sentence. Use this one to say
 * what a user can do about the failure.
 *
 * <pre>{@code
 * throw new ConnectorException(ErrorKind.AUTHENTICATION, "cannot log in to " + host, cause)
 *         .hint("check the setting password");
 * }</pre>
 */
public sealed class ConnectorException extends IOException permits ConfigException {

    private static final long serialVersionUID = 1;

    /** What a user can do about it. */
    private final ErrorKind kind;

    /** Make an exception that says {@code message}: what was tried, on what, and why it failed. */
    public ConnectorException(ErrorKind kind, String message) {
        this(kind, message, null);
    }

    /** Make an exception that says {@code message}, followed by the reason from {@code cause}. */
    public ConnectorException(ErrorKind kind, String message, @Nullable Throwable cause) {
        super(cause == null ? message : message + ": " + Sentence.of(cause), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    private ConnectorException(ConnectorException plain, String hint) {
        super(Sentence.of(plain) + "; " + hint, plain.getCause());
        this.kind = plain.kind;
        setStackTrace(plain.getStackTrace());
    }

    /** {@return what a user can do about it} */
    public ErrorKind kind() {
        return kind;
    }

    /** {@return this failure, followed by advice such as {@code check the setting access_key}} */
    public ConnectorException hint(String advice) {
        return new ConnectorException(this, advice);
    }
}
