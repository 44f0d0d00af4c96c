package dev.kloset.sdk.internal.observe;

import dev.kloset.ConnectorRecord;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a plugin process. Called by any thread, while the protocol waits for it: except for {@link #save} it
 * neither blocks nor throws.
 */
public interface Observer {

    /** Something that lasts: until its end is reported, or until it is closed if there is nothing to report. */
    interface Span extends AutoCloseable {

        /**
         * It ends.
         *
         * @param bytes the number of bytes that it moved
         * @param failure how it failed, if it did
         */
        void end(long bytes, @Nullable Throwable failure);

        /** It ends, and has moved nothing. */
        @Override
        default void close() {
            end(0, null);
        }
    }

    /** Which way a content goes. */
    enum Direction {
        TO_HOST,
        FROM_HOST
    }

    /** What a thread waits for the host to do. */
    enum Wait {
        ACKNOWLEDGEMENT("acknowledgements of the host"),
        TAKING_RECORDS("the host to take records"),
        TAKING_CONTENT("the host to take content"),
        NEXT("the next message of the host");

        private final String words;

        Wait(String words) {
            this.words = words;
        }

        /** {@return what follows "waits for"} */
        String words() {
            return words;
        }
    }

    /** A call of the host begins. */
    Span call(String path);

    /** A content is about to be opened. */
    Span content(String name, Direction direction);

    /** A thread is about to wait, perhaps for no time at all. */
    Span waiting(Wait wait);

    /** A record goes to the host or has arrived from it. */
    void record(ConnectorRecord record);

    /** The other side has answered a record. */
    void result(ConnectorRecord record, @Nullable String error);

    /** A content that went to the host has another size than its record. */
    void sizeDiffers(String pathname, long announced, long sent);

    /** A connector retries something. */
    void retry(String reason);

    /** Write out what is known so far: the host closes the connector, or is gone, and may kill the process. */
    void save() throws InterruptedException;
}
