package dev.kloset;

import dev.kloset.support.Sentence;

/**
 * A path that could not be read. The backup goes on and lists the path with the message.
 *
 * @param pathname as in {@link ConnectorRecord#pathname}
 * @param message one sentence, never empty
 */
public record ErrorRecord(String pathname, String message) implements ConnectorRecord {

    /** Check the path, and make one sentence of the message. */
    public ErrorRecord {
        Pathnames.check(pathname);
        message = Sentence.of(message);
    }

    /** {@return a record saying that {@code pathname} failed because of {@code cause}} */
    public static ErrorRecord of(String pathname, Throwable cause) {
        return new ErrorRecord(pathname, Sentence.of(cause));
    }
}
