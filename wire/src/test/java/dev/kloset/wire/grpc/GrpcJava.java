package dev.kloset.wire.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** The other implementation, without protobuf: messages are bytes. */
final class GrpcJava {

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private GrpcJava() {}

    static MethodDescriptor<byte[], byte[]> method(MethodType type, String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName("test.Test/" + name)
                .setRequestMarshaller(BYTES)
                .setResponseMarshaller(BYTES)
                .build();
    }

    /** {@return an observer that answers each message with the result of {@code answer}, to {@code out}} */
    static StreamObserver<byte[]> answering(StreamObserver<byte[]> out, UnaryOperator<byte[]> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(byte[] message) {
                out.onNext(answer.apply(message));
            }

            @Override
            public void onError(Throwable error) {
                // The call was cancelled: there is no caller to answer.
            }

            @Override
            public void onCompleted() {
                out.onCompleted();
            }
        };
    }
}
