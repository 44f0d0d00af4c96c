package dev.kloset.wire.grpc;

import dev.kloset.wire.grpc.InboundMessages.Chunk;
import dev.kloset.wire.http2.Http2Stream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together from pieces of data, on the reader thread. Each byte is copied once: a large message goes straight into
 * an array of its own, small ones follow each other in shared arrays that grow with the traffic of the call. So what a call holds
 * is in proportion to what has arrived.
 */
final class MessageAssembler {

    private static final int PREFIX_BYTES = 5;
    /** From this size on, a message has an array of its own. */
    private static final int LARGE = 8 * 1024;
    private static final int MIN_CHUNK = 64;
    private static final int MAX_CHUNK = 16 * 1024;

    private final Http2Stream stream;
    private final InboundMessages messages;
    private final String path;
    private final int maxBytes;

    private final byte[] prefix = new byte[PREFIX_BYTES];
    private int prefixed;
    private @Nullable Chunk shared; // where small messages go
    private int sharedEnd; // of the last complete one in it
    private byte[] target = prefix;
    private int at;
    private int length;
    private int missing = -1; // bytes of the current message; negative between messages
    private int unpublished; // bytes of the wire not yet reported to the application
    private int completed; // how many of them belong to complete messages in the shared array
    private boolean broken;

    MessageAssembler(Http2Stream stream, InboundMessages messages, String path, int maxBytes) {
        this.stream = stream;
        this.messages = messages;
        this.path = path;
        this.maxBytes = maxBytes;
    }

    /** {@return what is wrong with the messages, or null} After a fault it takes nothing more. */
    @Nullable
    Status add(byte[] data, int offset, int count) {
        int from = offset;
        int end = offset + count;
        while (from < end && !broken) {
            if (missing < 0) {
                from = readPrefix(data, from, end);
                if (prefixed < PREFIX_BYTES) {
                    break;
                }
                Status fault = begin(end - from);
                if (fault != null) {
                    broken = true;
                    flush(); // messages that came whole before it count, wherever the data was cut
                    return fault;
                }
            }
            int length = Math.min(missing, end - from);
            if (length > 0) {
                write(data, from, length);
                from += length;
            }
            if (missing == 0) {
                finish();
            }
        }
        flush();
        return null;
    }

    /** {@return whether the data may end here} */
    boolean isBetweenMessages() {
        return broken || missing < 0 && prefixed == 0;
    }

    private int readPrefix(byte[] data, int from, int end) {
        int count = Math.min(PREFIX_BYTES - prefixed, end - from);
        for (int i = 0; i < count; i++) {
            prefix[prefixed++] = data[from + i];
        }
        unpublished += count;
        return from + count;
    }

    private @Nullable Status begin(int following) {
        prefixed = 0;
        length = (prefix[1] & 0xFF) << 24 | (prefix[2] & 0xFF) << 16 | (prefix[3] & 0xFF) << 8 | prefix[4] & 0xFF;
        if (prefix[0] != 0) {
            return prefix[0] == 1
                    ? new Status(StatusCode.UNIMPLEMENTED,
                            "a message of " + path + " is compressed, which is not supported")
                    : new Status(StatusCode.INTERNAL, "a message of " + path + " has unknown flags: " + prefix[0]);
        }
        if (length < 0 || length > maxBytes) {
            return new Status(StatusCode.RESOURCE_EXHAUSTED, "a message of " + path + " has "
                    + Integer.toUnsignedString(length) + " bytes, more than the limit of " + maxBytes);
        }
        if (length >= LARGE) {
            beginLarge();
        } else {
            beginSmall(following);
        }
        missing = length;
        return null;
    }

    private void beginLarge() {
        // A length is only a promise. An array for what the window allows anyway may be taken at once, more only as bytes come.
        target = messages.array(Math.min(length, Math.max(LARGE, stream.receiveWindow())));
        at = 0;
    }

    private void beginSmall(int following) {
        int needed = Chunk.LENGTH_BYTES + length;
        Chunk chunk = shared;
        if (chunk == null || chunk.bytes().length - sharedEnd < needed) {
            int last = chunk == null ? 0 : chunk.bytes().length;
            seal();
            int size = Math.max(needed, Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, Math.max(following, 2 * last))));
            chunk = new Chunk(messages.array(size), false);
            shared = chunk;
            sharedEnd = 0;
        }
        target = chunk.bytes();
        at = sharedEnd;
        for (int shift = 24; shift >= 0; shift -= 8) {
            target[at++] = (byte) (length >> shift);
        }
    }

    private void write(byte[] data, int from, int count) {
        if (target.length - at < count) {
            long more = Math.max(at + count, Math.max(2L * target.length, stream.receiveWindow()));
            target = Arrays.copyOf(target, (int) Math.min(length, more));
        }
        System.arraycopy(data, from, target, at, count);
        at += count;
        missing -= count;
        unpublished += count;
    }

    private void finish() {
        missing = -1;
        if (length < LARGE) {
            sharedEnd = at;
            completed = unpublished;
            return;
        }
        seal(); // the application must see earlier messages first
        messages.publish(new Chunk(target, true), length, unpublished, true);
        target = prefix; // the application alone determines how long the message stays in memory
        unpublished = 0;
    }

    private void seal() {
        if (shared != null) {
            publishShared(shared, true);
            shared = null;
        }
    }

    /** Show the application the new messages, once for each piece of data. */
    private void flush() {
        if (shared != null && completed > 0) {
            publishShared(shared, false);
        }
        if (unpublished > 0) {
            messages.incomplete(unpublished, missing < 0 ? PREFIX_BYTES - prefixed : missing);
            unpublished = 0;
        }
    }

    private void publishShared(Chunk chunk, boolean sealed) {
        messages.publish(chunk, sharedEnd, completed, sealed);
        unpublished -= completed;
        completed = 0;
    }
}
