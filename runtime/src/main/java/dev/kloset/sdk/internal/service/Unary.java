package dev.kloset.sdk.internal.service;

import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Calls with one request and one answer. */
final class Unary {

    /** Reads a message. */
    interface Decoder<Q> {
        Q decode(ByteBuffer message) throws IOException;
    }

    /** Answers a request. */
    interface Answer<Q> {
        ByteBuffer to(Q request) throws Exception;
    }

    /** Answers a call whose request says nothing. */
    interface Reply {
        ByteBuffer get() throws Exception;
    }

    private Unary() {}

    static <Q> CallHandler handler(Decoder<Q> decoder, Answer<Q> answer) {
        return call -> {
            ByteBuffer message = answer.to(decoder.decode(receive(call)));
            LeftoverInterrupt.clear(call);
            call.send(message);
        };
    }

    static CallHandler empty(Reply reply) {
        return handler(message -> message, _ -> reply.get());
    }

    /** {@return the request of {@code call}} */
    static ByteBuffer receive(ServerCall call) throws IOException, InterruptedException {
        ByteBuffer request = call.receive();
        if (request == null) {
            throw new StatusException(StatusCode.INVALID_ARGUMENT, call.path() + " came without a request");
        }
        return request;
    }
}
