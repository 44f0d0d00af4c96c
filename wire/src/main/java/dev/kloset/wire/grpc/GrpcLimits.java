package dev.kloset.wire.grpc;

import dev.kloset.wire.http2.Http2Limits;

/** Every bound of one connection in one place. Defaults depend on the heap, see {@link HeapShares}. Immutable. */
public final class GrpcLimits {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    /** What gRPC implementations accept by default, and what a Go host accepts. */
    private static final int USUAL_MESSAGE_BYTES = 4 * MIB;
    /** A peer may count the limit on the content alone: leave room for the fields around it. */
    private static final int SLACK_BYTES = 64 * KIB;
    private static final int CLIENT_INBOUND_BYTES = 64 * MIB;
    /** Records come at ten thousand a second: this gathers some tens of them, and no caller waits for a single one. */
    private static final long LINGER_NANOS = 500_000;

    private static final GrpcLimits DEFAULTS = builder().build();

    private final Builder values;

    private GrpcLimits(Builder values) {
        this.values = values;
    }

    /** {@return bounds that suit one host and one plugin on one machine} */
    public static GrpcLimits defaults() {
        return DEFAULTS;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** {@return the largest message that may be sent; a larger one fails with RESOURCE_EXHAUSTED before anything is sent} */
    public int maxOutboundMessageBytes() {
        return values.maxOutboundMessageBytes;
    }

    int maxInboundMessageBytes(boolean client) {
        if (values.maxInboundMessageBytes > 0) {
            return values.maxInboundMessageBytes;
        }
        return (int) Math.min(usualInboundBytes(client), maxMessageMemory(client));
    }

    /** What this end accepts if its heap is large enough for one such message at a time. */
    private static int usualInboundBytes(boolean client) {
        return client ? CLIENT_INBOUND_BYTES : USUAL_MESSAGE_BYTES + SLACK_BYTES;
    }

    /** The largest message must fit, or it would wait for ever. */
    private long maxMessageMemory(boolean client) {
        long memory = values.maxMessageMemory > 0
                ? values.maxMessageMemory
                : values.shares.messages(usualInboundBytes(client));
        return Math.max(values.maxInboundMessageBytes, memory);
    }

    long maxSpareBytes() {
        return values.shares.spares();
    }

    Http2Limits http2(boolean client) {
        return values.http2(maxMessageMemory(client));
    }

    /** Collects bounds. Every setter takes effect for the {@link #build} that follows; the builder can be used again. */
    public static final class Builder {
        private int maxOutboundMessageBytes = USUAL_MESSAGE_BYTES;
        private int maxInboundMessageBytes;
        private HeapShares shares = HeapShares.ofThisProcess();
        private int maxConcurrentStreams = shares.calls();
        private int maxHeaderListBytes = 64 * KIB;
        private int initialStreamWindow = shares.window();
        private int usualStreamWindow = shares.usualWindow();
        private int maxStreamWindow = shares.maxWindow();
        private long maxWindowMemory = shares.growth();
        private long maxMessageMemory;
        private int maxQueuedControlFrames = 10_000;
        private int maxWriteBytes = 64 * KIB;

        private Builder() {}

        /** The largest message that may be sent; default 4 MiB. */
        public Builder maxOutboundMessageBytes(int bytes) {
            maxOutboundMessageBytes = positive(bytes, "maxOutboundMessageBytes");
            return this;
        }

        /** The largest message accepted; default a little over 4 MiB for a server, 64 MiB for a client, less if the heap is small. */
        Builder maxInboundMessageBytes(int bytes) {
            maxInboundMessageBytes = positive(bytes, "maxInboundMessageBytes");
            return this;
        }

        /** How many calls the other end may have open; more are refused. Default 1024, less if the heap is small. */
        Builder maxConcurrentStreams(int streams) {
            maxConcurrentStreams = positive(streams, "maxConcurrentStreams");
            return this;
        }

        /** The longest header list accepted, counted as HTTP/2 counts it. Default 64 KiB. */
        Builder maxHeaderListBytes(int bytes) {
            maxHeaderListBytes = positive(bytes, "maxHeaderListBytes");
            return this;
        }

        /**
         * How much the other end may send on a stream before the application has read any, however many streams there are. Default
         * 16 KiB, more if the heap is large. If there is memory the window opens to 256 KiB as soon as data comes, but not beyond
         * {@link #maxStreamWindow}.
         */
        public Builder initialStreamWindow(int bytes) {
            initialStreamWindow = positive(bytes, "initialStreamWindow");
            return this;
        }

        /** How far the window of a stream may grow while the application keeps up. Default 4 MiB, less if the heap is small. */
        public Builder maxStreamWindow(int bytes) {
            maxStreamWindow = positive(bytes, "maxStreamWindow");
            return this;
        }

        /** How much all windows together may grow beyond their start. Default an eighth of the heap. */
        public Builder maxWindowMemory(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("maxWindowMemory is negative: " + bytes);
            }
            maxWindowMemory = bytes;
            return this;
        }

        /**
         * How much memory all messages that are larger than their windows may take together; beyond that, messages wait until the
         * application has finished others. Default a sixteenth of the heap, or up to an eighth if a message of the largest size
         * needs it. Larger messages are refused, unless {@link #maxInboundMessageBytes} allows them.
         */
        public Builder maxMessageMemory(int bytes) {
            maxMessageMemory = positive(bytes, "maxMessageMemory");
            return this;
        }

        /** How many answers to control frames may wait for an end that does not read. Default 10000. */
        Builder maxQueuedControlFrames(int frames) {
            maxQueuedControlFrames = positive(frames, "maxQueuedControlFrames");
            return this;
        }

        /** How much goes into one write; 32 KiB suits pipes of 64 KiB. Default 64 KiB. */
        Builder maxWriteBytes(int bytes) {
            maxWriteBytes = positive(bytes, "maxWriteBytes");
            return this;
        }

        public GrpcLimits build() {
            Builder copy = new Builder();
            copy.maxOutboundMessageBytes = maxOutboundMessageBytes;
            copy.maxInboundMessageBytes = maxInboundMessageBytes;
            copy.maxConcurrentStreams = maxConcurrentStreams;
            copy.maxHeaderListBytes = maxHeaderListBytes;
            copy.shares = shares;
            copy.initialStreamWindow = initialStreamWindow;
            copy.usualStreamWindow = usualStreamWindow;
            copy.maxStreamWindow = maxStreamWindow;
            copy.maxWindowMemory = maxWindowMemory;
            copy.maxMessageMemory = maxMessageMemory;
            copy.maxQueuedControlFrames = maxQueuedControlFrames;
            copy.maxWriteBytes = maxWriteBytes;
            return new GrpcLimits(copy);
        }

        private Http2Limits http2(long maxMessageMemory) {
            return new Http2Limits(maxConcurrentStreams, maxHeaderListBytes, initialStreamWindow, usualStreamWindow,
                    maxStreamWindow, maxWindowMemory, maxMessageMemory, maxQueuedControlFrames, maxWriteBytes,
                    LINGER_NANOS);
        }

        private static int positive(int value, String name) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be positive, not " + value);
            }
            return value;
        }
    }
}
