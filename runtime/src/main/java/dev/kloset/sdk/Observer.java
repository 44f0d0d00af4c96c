package dev.kloset.sdk;

import dev.kloset.ConnectorRecord;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens in a plugin process. Called by any thread, on the way of the protocol: it neither waits nor throws, but
 * for {@link #save}.
 */
interface Observer {

    /** Something that lasts. */
    interface Span {

        /** Of what nobody wants to know. */
        Span NOBODYS = (_, _) -> {};

        /**
         * It is over.
         *
         * @param bytes that were moved in it
         * @param failure how it failed, if it did
         */
        void end(long bytes, @Nullable Throwable failure);
    }

    /** Which way a content goes. */
    enum Direction {
        TO_HOST,
        FROM_HOST
    }

    /** What the host is waited for. */
    enum Wait {
        ACKNOWLEDGEMENT("acknowledgements of the host"),
        TAKING_RECORDS("the host to take records"),
        TAKING_CONTENT("the host to take content"),
        NEXT("the next message of the host");

        private final String words;

        Wait(String words) {
            this.words = words;
        }

        /** {@return it, behind "waits for"} */
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

    /** A record goes to the host or has come from it. */
    void record(ConnectorRecord record);

    /** The other side has answered to a record. */
    void result(ConnectorRecord record, @Nullable String error);

    /** A content that went to the host has another size than its record. */
    void sizeDiffers(String pathname, long announced, long sent);

    /** Something is tried again. */
    void retry(String reason);

    /** Give away what is known so far: the host closes the connector, or is gone, and may kill the process. */
    void save() throws InterruptedException;
}
