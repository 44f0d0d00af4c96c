package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.Fault;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Imports a directory as the root. */
final class BrokenImporter {

    private static final int CHUNK = 100_000;
    private final BrokenPlugin plugin;
    private volatile boolean vanished;

    BrokenImporter(BrokenPlugin plugin) {
        this.plugin = plugin;
    }

    void addTo(Map<String, CallHandler> handlers) {
        handlers.put("Import", this::importRecords);
        handlers.put("Open", this::open);
    }

    private boolean has(Fault fault) {
        return plugin.fault == fault;
    }

    private void importRecords(ServerCall call) throws Exception {
        Path root = plugin.directory();
        Thread acknowledgements = Thread.ofVirtual().start(() -> drain(call));
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> paths = all.sorted().toList();
            for (Path path : paths) {
                call.send(
                        new RawMessageBuilder().message(1, record(root, path, path.equals(paths.getLast()))).encode());
            }
        }
        if (!has(Fault.MISSING_FINISHED)) {
            call.send(new RawMessageBuilder().number(2, 1).encode());
        }
        if (has(Fault.ENDS_WITH_ONE_FILE)) {
            acknowledgements.join();
            if (vanished) {
                throw new StatusException(StatusCode.INTERNAL, "a file has vanished");
            }
        }
        if (!has(Fault.LOST_ACK) && !has(Fault.MISSING_FINISHED)) {
            acknowledgements.join();
        }
    }

    private void drain(ServerCall call) {
        try {
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                if (has(Fault.DELETES_ACKNOWLEDGED)) {
                    acknowledged(RawMessage.parse(message));
                }
            }
        } catch (CallCancelledException e) {
            // The host is gone.
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledged(RawMessage message) throws IOException, StatusException {
        String pathname = RawMessage.parse(RawMessage.parse(message.bytes(1)).bytes(1)).text(2);
        if (pathname.endsWith("/goes")) {
            Files.delete(plugin.directory().resolve(pathname.substring(1)));
        }
    }

    private RawMessageBuilder record(Path root, Path path, boolean last) throws IOException {
        String pathname = path.equals(root) ? "/" : "/" + root.relativize(path);
        String name = path.equals(root) ? "/" : String.valueOf(path.getFileName());
        if (last && has(Fault.RELATIVE_PATH)) {
            pathname = pathname.substring(1);
        }
        byte[] nameBytes = (last && has(Fault.WRONG_NAME) ? "other" : name).getBytes(StandardCharsets.UTF_8);
        RawMessageBuilder record = new RawMessageBuilder().text(2, pathname).message(8, info(path, nameBytes, last));
        return last && has(Fault.BAD_UTF8) ? record.bytes(9, new byte[]{ 'x', (byte) 0xFF }) : record;
    }

    private RawMessageBuilder info(Path path, byte[] name, boolean last) throws IOException {
        int posix = (int) number(path, "mode");
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        int mode = posix & 0777 | (directory ? 0x80000000 : 0);
        if (last && has(Fault.POSIX_MODE)) {
            mode = posix;
        }
        Instant time = Files.getLastModifiedTime(path).toInstant();
        if (has(Fault.UNSTABLE_METADATA) && !directory) {
            time = Instant.now();
        }
        boolean stale = has(Fault.STALE_METADATA);
        return new RawMessageBuilder().bytes(1, name)
                .number(2, directory ? 0 : number(path, "size"))
                .number(3, mode & 0xFFFF_FFFFL)
                .message(4,
                        new RawMessageBuilder().number(1, time.getEpochSecond()).number(2, stale ? 0 : time.getNano()))
                .number(6, stale ? 0 : number(path, "ino"))
                .number(9, number(path, "nlink"));
    }

    private static long number(Path path, String attribute) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS)).longValue();
    }

    private void open(ServerCall call) throws Exception {
        RawMessage request = RawMessage.parse(Objects.requireNonNull(call.receive(), "a request"));
        String pathname = RawMessage.parse(request.bytes(1)).text(2);
        Path file = plugin.directory().resolve(pathname.startsWith("/") ? pathname.substring(1) : pathname);
        if (!Files.isRegularFile(file)) {
            vanished |= pathname.endsWith("/goes");
            throw new StatusException(StatusCode.NOT_FOUND, "there is no record " + pathname);
        }
        // Only for a large content, and before it is read: a small one might be sent meanwhile, and no call would ever wait.
        boolean alone = has(Fault.WAITS_FOR_READERS) && Files.size(file) > CHUNK && plugin.contents.tryAcquire();
        byte[] content = Files.readAllBytes(file);
        if (has(Fault.CUT_CONTENT) && content.length > 3) {
            content = Arrays.copyOf(content, content.length - 3);
        }
        try {
            for (int at = 0; at < content.length; at += CHUNK) {
                call.send(chunk(Arrays.copyOfRange(content, at, Math.min(content.length, at + CHUNK))));
            }
        } finally {
            if (alone) {
                plugin.contents.release();
            }
        }
        if (has(Fault.EMPTY_CHUNK)) {
            call.send(chunk(new byte[0]));
        }
    }

    private static ByteBuffer chunk(byte[] bytes) {
        return new RawMessageBuilder().bytes(1, bytes).encode();
    }
}
