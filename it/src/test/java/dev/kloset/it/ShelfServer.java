package dev.kloset.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kloset.testkit.fixtures.ReservedPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server with a problem at every address. */
final class ShelfServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReservedPorts others = ReservedPorts.reserve(1);

    ShelfServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/wrong-password", "/later" -> exchange.sendResponseHeaders(401, -1);
                case "/expired" -> {
                    exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
                    exchange.sendResponseHeaders(401, -1);
                }
                case "/forbidden" -> exchange.sendResponseHeaders(403, -1);
                case "/silent", "/stuck" -> awaitClose();
                case "/good" -> exchange.sendResponseHeaders(200, -1);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return a port of this machine without a listener} */
    int closedPort() {
        return others.port(0);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
        others.close();
    }
}
