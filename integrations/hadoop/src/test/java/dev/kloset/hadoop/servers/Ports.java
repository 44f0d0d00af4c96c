package dev.kloset.hadoop.servers;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a NameNode on loopback. They are below those that systems give to clients, and to servers that ask for any port: none
 * of these takes one while the NameNode starts, or is down. A socket on the port in front of them keeps other tests away until it is
 * closed.
 */
final class Ports implements Closeable {

    private static final int FIRST = 30_000;
    private static final int BLOCKS = 900;
    private static final int SERVERS = 2;
    private static final int SIZE = 1 + SERVERS;

    private final ServerSocket guard;

    private Ports(ServerSocket guard) {
        this.guard = guard;
    }

    /** {@return ports on which nothing listens} */
    static Ports reserve() throws IOException {
        int start = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            ServerSocket guard = bind(FIRST + (start + i) % BLOCKS * SIZE);
            if (guard == null) {
                continue;
            }
            Ports ports = new Ports(guard);
            if (ports.areFree()) {
                return ports;
            }
            ports.close();
        }
        throw new IOException("no ports are free for a NameNode, from " + FIRST + " on");
    }

    private boolean areFree() throws IOException {
        for (int i = 1; i <= SERVERS; i++) {
            ServerSocket socket = bind(port(i));
            if (socket == null) {
                return false;
            }
            socket.close();
        }
        return true;
    }

    private static @Nullable ServerSocket bind(int port) throws IOException {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (BindException e) {
            return null;
        }
    }

    private int port(int number) {
        return guard.getLocalPort() + number;
    }

    int calls() {
        return port(1);
    }

    int http() {
        return port(2);
    }

    /** Let others have the ports. */
    @Override
    public void close() throws IOException {
        guard.close();
    }
}
