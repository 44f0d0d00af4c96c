package dev.kloset;

import dev.kloset.support.Sentence;

/**
 * A path that could not be read. The backup continues and lists the path with the message.
 *
 * @param pathname as in {@link ConnectorRecord#pathname}
 * @param message one sentence, never empty
 */
public record ErrorRecord(String pathname, String message) implements ConnectorRecord {

    /** Check the path, and turn the message into one sentence. */
    public ErrorRecord {
        Pathnames.check(pathname);
        message = Sentence.of(message);
    }

    /** {@return a record saying that {@code pathname} failed because of {@code cause}} */
    public static ErrorRecord of(String pathname, Throwable cause) {
        return new ErrorRecord(pathname, Sentence.of(cause));
    }
}
