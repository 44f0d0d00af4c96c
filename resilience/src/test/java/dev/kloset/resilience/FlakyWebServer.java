package dev.kloset.resilience;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real web server on the loopback interface that sends its answers in pieces. At every seventh piece, counted over all
 * answers, it either falls silent or resets the connection, in turn. The address of a directory gives a list.
 */
public final class FlakyWebServer implements AutoCloseable {

    private static final int PIECE_BYTES = 16 * 1024;
    private static final int EVERY = 7;
    private static final int BACKLOG = 100;

    private final ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final Map<String, byte[]> files;
    private final boolean dead;
    private final AtomicInteger pieces = new AtomicInteger();
    private final AtomicInteger stalls = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private FlakyWebServer(Map<String, byte[]> files, boolean dead) throws IOException {
        this.files = new TreeMap<>(files);
        this.dead = dead;
        Thread.ofVirtual().start(this::accept);
    }

    /** {@return a server of these files, given by their absolute paths} */
    public static FlakyWebServer of(Map<String, byte[]> files) throws IOException {
        return new FlakyWebServer(files, false);
    }

    /** {@return a server that accepts connections and never answers} */
    public static FlakyWebServer dead() throws IOException {
        return new FlakyWebServer(Map.of(), true);
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** {@return how often it fell silent} */
    public int stalls() {
        return stalls.get();
    }

    /** {@return how often it reset a connection} */
    public int resets() {
        return resets.get();
    }

    /** {@return the requested paths} */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader requests = new BufferedReader(
                    new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            String request = requests.readLine();
            while (request != null) {
                long offset = offset(requests);
                String path = request.split(" ", 3)[1].replace("%20", " ");
                asked.add(path);
                if (dead) {
                    requests.readLine(); // until the client has read enough
                } else {
                    answer(path, offset, connection);
                }
                request = requests.readLine();
            }
        } catch (IOException e) {
            // The client has read enough, or the connection was reset.
        } finally {
            open.remove(connection);
        }
    }

    private static long offset(BufferedReader headers) throws IOException {
        long offset = 0;
        for (String line = headers.readLine(); line != null && !line.isEmpty(); line = headers.readLine()) {
            if (line.startsWith("Range: bytes=")) {
                offset = Long.parseLong(line.substring("Range: bytes=".length(), line.length() - 1));
            }
        }
        return offset;
    }

    private void answer(String path, long offset, Socket connection) throws IOException {
        OutputStream out = connection.getOutputStream();
        byte[] body = path.endsWith("/") ? list(path) : files.get(path);
        if (body == null) {
            out.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        out.write(("HTTP/1.1 206 Partial Content\r\nContent-Length: " + (body.length - offset) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (int at = (int) offset; at < body.length; at += PIECE_BYTES) {
            int piece = pieces.incrementAndGet();
            if (piece % (2 * EVERY) == 0) {
                resets.incrementAndGet();
                connection.setSoLinger(true, 0);
                throw new IOException("reset");
            } else if (piece % EVERY == 0) {
                stalls.incrementAndGet();
                connection.getInputStream().read(); // until the client has read enough
                throw new IOException("stalled");
            }
            out.write(body, at, Math.min(PIECE_BYTES, body.length - at));
        }
    }

    private byte @Nullable [] list(String directory) {
        Set<String> lines = new TreeSet<>();
        files.forEach((path, bytes) -> {
            if (path.startsWith(directory)) {
                String rest = path.substring(directory.length());
                int slash = rest.indexOf('/');
                lines.add(
                        slash < 0 ? bytes.length + " 1700000000 " + rest : "- 1700000000 " + rest.substring(0, slash));
            }
        });
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
