package dev.kloset.kafka.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The ports of a broker, one for each listener. */
record Ports(int plain, int sasl, int tls, int astray, int controller) {

    /** {@return ports on which nothing listens} */
    static Ports free() throws IOException {
        return new Ports(freePort(), freePort(), freePort(), freePort(), freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
