package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.Fault;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Keeps objects in one directory. */
final class BrokenStore {

    private static final int CHUNK = 1 << 20;
    private final BrokenPlugin plugin;

    BrokenStore(BrokenPlugin plugin) {
        this.plugin = plugin;
    }

    void addTo(Map<String, CallHandler> handlers) {
        handlers.put("Create", call -> plugin.unary(call, this::create));
        handlers.put("Open", call -> plugin.unary(call,
                request -> new RawMessageBuilder().bytes(1, Files.readAllBytes(plugin.directory().resolve("CONFIG")))));
        handlers.put("Mode", call -> plugin.unary(call, request -> mode(plugin.fault)));
        handlers.put("Size", call -> plugin.unary(call, request -> new RawMessageBuilder().number(1, -1)));
        handlers.put("List", call -> plugin.unary(call, this::list));
        handlers.put("Delete", call -> plugin.unary(call, this::delete));
        handlers.put("Get", this::get);
        handlers.put("Put", this::put);
    }

    private boolean has(Fault fault) {
        return plugin.fault == fault;
    }

    private RawMessageBuilder create(RawMessage request) throws IOException {
        Files.createDirectory(plugin.directory());
        Files.write(plugin.directory().resolve("CONFIG"), request.bytes(1));
        return new RawMessageBuilder();
    }

    private Path object(RawMessage request) throws IOException {
        byte[] mac = request.bytes(1);
        if (mac.length != 32 && !has(Fault.WRONG_MAC_LENGTH)) {
            throw new StatusException(StatusCode.INVALID_ARGUMENT, "a MAC of " + mac.length + " bytes");
        }
        return plugin.directory().resolve(request.number(2) + "-" + HexFormat.of().formatHex(mac));
    }

    private RawMessageBuilder list(RawMessage request) throws IOException {
        String prefix = request.number(1) + "-";
        try (Stream<Path> files = Files.list(plugin.directory())) {
            List<String> names = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
            RawMessageBuilder answer = new RawMessageBuilder();
            names.stream()
                    .skip(has(Fault.PARTIAL_LIST) && names.size() > 10 ? 1 : 0)
                    .forEach(name -> answer.bytes(1, HexFormat.of().parseHex(name.substring(prefix.length()))));
            return answer;
        }
    }

    private RawMessageBuilder delete(RawMessage request) throws IOException {
        boolean was = Files.deleteIfExists(object(request));
        if (!was && has(Fault.DELETE_ABSENT)) {
            throw new NoSuchFileException("there is no such object");
        }
        return new RawMessageBuilder();
    }

    private void get(ServerCall call) throws Exception {
        RawMessage request = RawMessage.parse(Objects.requireNonNull(call.receive(), "a request"));
        byte[] content = Files.readAllBytes(object(request));
        if (request.has(3)) {
            content = range(content, RawMessage.parse(request.bytes(3)));
        }
        for (int at = 0; at < content.length; at += CHUNK) {
            call.send(new RawMessageBuilder()
                    .bytes(1, Arrays.copyOfRange(content, at, Math.min(content.length, at + CHUNK)))
                    .encode());
        }
    }

    private byte[] range(byte[] content, RawMessage range) {
        long end = range.number(1) + range.number(2);
        int from = (int) Math.min(content.length, range.number(1));
        int to = (int) Math.min(content.length, end);
        if (has(Fault.SHORT_RANGE) && end == content.length && to - from > 1) {
            to--;
        }
        if (has(Fault.PADDED_RANGE) && end == content.length + 1L) {
            to++;
        }
        return Arrays.copyOfRange(content, from, to);
    }

    private void put(ServerCall call) throws Exception {
        RawMessage first = RawMessage.parse(Objects.requireNonNull(call.receive(), "a request"));
        if (first.number(2) < 1 || first.number(2) > 3) {
            while (call.receive() != null) {
                // The host must end the call.
            }
            throw new StatusException(StatusCode.INVALID_ARGUMENT, "there is no kind " + first.number(2));
        }
        Path object = object(first);
        boolean inPlace = has(Fault.PUTS_IN_PLACE) && first.number(2) == StoreMessages.STATE;
        Path temporary = inPlace
                ? object
                : Files.createTempFile(plugin.directory(), "tmp", "");
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(temporary)) {
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                byte[] chunk = RawMessage.parse(message).bytes(3);
                out.write(chunk);
                bytes += chunk.length;
            }
        } catch (IOException | InterruptedException e) {
            // how a reset reaches a handler depends on where the handler is; the fault should be the same everywhere
            Thread.interrupted();
            if (has(Fault.KEEPS_RESET_PUT)) {
                Files.move(temporary, object, StandardCopyOption.REPLACE_EXISTING);
            } else if (!inPlace) {
                Files.deleteIfExists(temporary);
            }
            throw e;
        }
        if (!temporary.equals(object)) {
            Files.move(temporary, object, StandardCopyOption.REPLACE_EXISTING);
        }
        call.send(new RawMessageBuilder().number(1, bytes).encode());
    }

    /** Answers as slowly as a store that asks its server each time. */
    private static RawMessageBuilder mode(Fault fault) throws InterruptedException {
        if (fault == Fault.SLOW_MODE) {
            boolean answered = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
            return new RawMessageBuilder().number(1, answered ? 0 : 6);
        }
        return new RawMessageBuilder().number(1, 6);
    }
}
