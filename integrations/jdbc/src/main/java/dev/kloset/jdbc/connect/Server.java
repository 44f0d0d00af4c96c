package dev.kloset.jdbc.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A host and the port at which a database answers. */
public record Server(String host, int port) {

    private static final int CONNECT_MILLIS = 15_000;

    /** Find the address of the host. */
    void resolve() throws IOException {
        InetAddress.getByName(host);
    }

    /** Connect to the port, and leave. */
    void reach() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
