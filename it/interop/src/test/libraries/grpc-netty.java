// What it needs: io.grpc:grpc-netty:1.84.0 io.grpc:grpc-stub:1.84.0
// What it says: UNIMPLEMENTED
package org.example;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;

final class Call {

    private Call() {}

    static String say() throws Exception {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).build().start();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
        MethodDescriptor.Marshaller<InputStream> bytes = new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(InputStream value) {
                return value;
            }

            @Override
            public InputStream parse(InputStream stream) {
                return stream;
            }
        };
        try {
            ClientCalls.blockingUnaryCall(channel, MethodDescriptor.newBuilder(bytes, bytes)
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("letters/Get")
                    .build(), CallOptions.DEFAULT, new ByteArrayInputStream(new byte[0]));
            return "answered";
        } catch (StatusRuntimeException e) {
            // The answer of the server, which has no methods.
            return e.getStatus().getCode().name();
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }
}
