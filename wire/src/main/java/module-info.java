/** The wire: HTTP/2 and gRPC over two streams, and the messages of Plakar. For the other modules of the SDK. */
module dev.kloset.wire {
    requires static org.jspecify;
    requires transitive dev.kloset.api;

    exports dev.kloset.wire.codec;
    exports dev.kloset.wire.frame;
    exports dev.kloset.wire.grpc;
    exports dev.kloset.wire.http2;
    exports dev.kloset.wire.protobuf;
    exports dev.kloset.wire.recording;
    exports dev.kloset.wire.stdio;
    exports dev.kloset.wire.store;
}
