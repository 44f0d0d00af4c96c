package dev.kloset.testkit.destination;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** A server that keeps whatever is put into it in memory, and nothing on any disk. */
final class WebTree implements AutoCloseable {

    /** What is kept at one path: {@code about} has mode, time and target, with blanks between. */
    private static final class Kept {
        private final String about;
        private final byte[] content;

        Kept(String about, byte[] content) {
            this.about = about;
            this.content = content;
        }
    }

    private final Map<String, Kept> tree = new ConcurrentSkipListMap<>();
    private final HttpServer server;

    WebTree() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** {@return the location of a place in it} */
    String location() {
        return "web://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                tree.put(path, new Kept(exchange.getRequestHeaders().getFirst("About"), body));
                answer(exchange, 200, new byte[0]);
            }
            case "GET" -> {
                Kept kept = tree.get(path);
                answer(exchange, kept == null ? 404 : 200, kept == null ? new byte[0] : kept.content);
            }
            default -> answer(exchange, 200, list(path));
        }
    }

    private byte[] list(String below) {
        Map<String, String> found = new TreeMap<>();
        tree.forEach((path, kept) -> {
            if (path.startsWith(below + "/")) {
                found.put(path.substring(below.length()), kept.about);
            }
        });
        return found.entrySet()
                .stream()
                .map(each -> each.getKey().replace("%", "%25").replace("\n", "%0A") + "\t" + each.getValue() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
