package dev.kloset;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure of which the connector knows the kind. Any other exception is fine too: the SDK makes a sentence of it; this one
 * is for saying what a user can do about it.
 *
 * <pre>{@code
 * throw new ConnectorException(ErrorKind.AUTHENTICATION, "cannot log in to " + host, cause)
 *         .hint("check the setting password");
 * }</pre>
 */
public sealed class ConnectorException extends IOException permits ConfigException {

    private static final long serialVersionUID = 1;

    /** What somebody can do about it. */
    private final ErrorKind kind;

    /** Make one that says {@code message}: what was tried, on what, and why it failed. */
    public ConnectorException(ErrorKind kind, String message) {
        this(kind, message, null);
    }

    /** Make one that says {@code message}, then why, which it takes from {@code cause}. */
    public ConnectorException(ErrorKind kind, String message, @Nullable Throwable cause) {
        super(cause == null ? message : message + ": " + Sentence.of(cause), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    private ConnectorException(ConnectorException plain, String hint) {
        super(Sentence.of(plain) + "; " + hint, plain.getCause());
        this.kind = plain.kind;
        setStackTrace(plain.getStackTrace());
    }

    /** {@return what somebody can do about it} */
    public ErrorKind kind() {
        return kind;
    }

    /** {@return this failure with an advice after it, such as {@code check the setting access_key}} */
    public ConnectorException hint(String advice) {
        return new ConnectorException(this, advice);
    }
}
