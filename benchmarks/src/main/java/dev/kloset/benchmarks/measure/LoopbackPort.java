package dev.kloset.benchmarks.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port for a server that a job starts. */
public final class LoopbackPort {

    private LoopbackPort() {}

    /** {@return a port of loopback on which nothing listens} */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
