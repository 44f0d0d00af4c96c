package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreHints;
import dev.kloset.StoreMode;
import dev.kloset.UploadAbortedException;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.store.ConfigBytes;
import dev.kloset.wire.store.DeleteRequest;
import dev.kloset.wire.store.GetRequest;
import dev.kloset.wire.store.ListRequest;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.ModeResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.PutResponse;
import dev.kloset.wire.store.SizeResponse;
import dev.kloset.wire.store.StoreInitRequest;
import dev.kloset.wire.store.StoreInitResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreServiceTest {

    private static final String SERVICE = "/store.Store/";
    private static final ObjectMac MAC = mac(1);

    /** Keeps everything in memory. */
    static class MemoryStore implements Store {

        final Map<String, byte[]> objects = new ConcurrentHashMap<>();
        final CountDownLatch aborted = new CountDownLatch(1);
        volatile boolean closed;

        private static String key(StorageResource resource, ObjectMac mac) {
            return resource + "/" + mac;
        }

        @Override
        public String origin() {
            return "o";
        }

        @Override
        public String type() {
            return "memory";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void create(byte[] config) {
            objects.put("CONFIG", config);
        }

        @Override
        public byte[] open() throws IOException {
            byte[] config = objects.get("CONFIG");
            if (config == null) {
                throw new IOException("there is no repository in memory");
            }
            return config;
        }

        @Override
        public List<ObjectMac> list(StorageResource resource) {
            return objects.keySet()
                    .stream()
                    .filter(key -> key.startsWith(resource + "/"))
                    .map(key -> ObjectMac.fromHex(key.substring(key.indexOf('/') + 1)))
                    .toList();
        }

        @Override
        public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
            try {
                byte[] bytes = data.readAllBytes();
                objects.put(key(resource, mac), bytes);
                return bytes.length;
            } catch (UploadAbortedException e) {
                aborted.countDown();
                throw e;
            }
        }

        @Override
        public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) throws IOException {
            byte[] bytes = objects.get(key(resource, mac));
            if (bytes == null) {
                throw new NoSuchFileException(key(resource, mac));
            }
            InputStream whole = new ByteArrayInputStream(bytes);
            return range == null ? whole : range.of(whole);
        }

        @Override
        public void delete(StorageResource resource, ObjectMac mac) {
            objects.remove(key(resource, mac));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static ObjectMac mac(int number) {
        return ObjectMac.fromHex("%064x".formatted(number));
    }

    private static HostEnd host(Store store) throws IOException, InterruptedException {
        HostEnd host = new HostEnd(Services.storage(context -> store, new HostContext()));
        StoreInitResponse answer = StoreInitResponse
                .decode(host.unary(SERVICE + "Init", new StoreInitRequest("memory", Map.of()).encode()));
        assertThat(answer.type()).isEqualTo("memory");
        return host;
    }

    private static long put(HostEnd host, ObjectMac mac, byte[] bytes) throws IOException, InterruptedException {
        try (ClientCall call = host.call(SERVICE + "Put")) {
            call.send(PutRequest.encodeFirst(StorageResource.PACKFILE, mac, StoreHints.NONE));
            for (int at = 0; at < bytes.length; at += 1 << 20) {
                int length = Math.min(1 << 20, bytes.length - at);
                call.send(Chunk.putHead(length), ByteBuffer.wrap(bytes, at, length));
            }
            call.halfClose();
            long stored = PutResponse.decode(Objects.requireNonNull(call.receive())).bytesWritten();
            assertThat(call.receive()).isNull();
            return stored;
        }
    }

    private static byte[] get(HostEnd host, ObjectMac mac, @Nullable Range range)
            throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ClientCall call = host.call(SERVICE + "Get")) {
            call.send(new GetRequest(mac, StorageResource.PACKFILE, range, StoreHints.NONE).encode());
            call.halfClose();
            for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
                ByteBuffer chunk = Chunk.decodeGet(m);
                bytes.write(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
            }
        }
        return bytes.toByteArray();
    }

    private static List<ObjectMac> list(HostEnd host) throws IOException, InterruptedException {
        return ListResponse.decode(host.unary(SERVICE + "List",
                new ListRequest(StorageResource.PACKFILE, StoreHints.NONE).encode())).macs();
    }

    @Test
    void everyCallReachesTheStore() throws Exception {
        byte[] config = "config bytes".getBytes(StandardCharsets.UTF_8);
        byte[] object = new byte[3 << 20];
        new Random(1).nextBytes(object);
        try (HostEnd host = host(new MemoryStore())) {
            assertThatThrownBy(() -> host.unary(SERVICE + "Open", Empty.encode()))
                    .hasMessage("there is no repository in memory");
            host.unary(SERVICE + "Create", new ConfigBytes(config).encode());
            assertThat(ConfigBytes.decode(host.unary(SERVICE + "Open", Empty.encode())).config()).isEqualTo(config);
            assertThat(ModeResponse.decode(host.unary(SERVICE + "Mode", Empty.encode())).mode())
                    .containsExactlyInAnyOrder(StoreMode.READ, StoreMode.WRITE);
            assertThat(SizeResponse.decode(host.unary(SERVICE + "Size", Empty.encode())).size())
                    .isEqualTo(Store.UNKNOWN_SIZE);

            assertThat(put(host, MAC, object)).isEqualTo(object.length);
            assertThat(put(host, mac(2), new byte[0])).isZero();
            assertThat(list(host)).containsExactlyInAnyOrder(MAC, mac(2));
            assertThat(get(host, MAC, null)).isEqualTo(object);
            assertThat(get(host, mac(2), null)).isEmpty();
            assertThat(get(host, MAC, new Range(5, 7))).isEqualTo(Arrays.copyOfRange(object, 5, 12));
            assertThat(get(host, MAC, new Range(object.length - 2L, 100))).hasSize(2);

            host.unary(SERVICE + "Delete", new DeleteRequest(MAC, StorageResource.PACKFILE, StoreHints.NONE).encode());
            host.unary(SERVICE + "Delete", new DeleteRequest(MAC, StorageResource.PACKFILE, StoreHints.NONE).encode());
            assertThatThrownBy(() -> get(host, MAC, null)).hasMessageContaining("no such file");
        }
    }

    @Test
    void anAbortedPutPublishesNothing() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        MemoryStore store = new MemoryStore() {
            @Override
            public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
                started.countDown();
                return super.put(resource, mac, data);
            }
        };
        try (HostEnd host = host(store)) {
            ClientCall call = host.call(SERVICE + "Put");
            call.send(PutRequest.encodeFirst(StorageResource.PACKFILE, MAC, StoreHints.NONE));
            call.send(Chunk.putHead(1), ByteBuffer.allocate(1));
            started.await();
            call.cancel();
            store.aborted.await();
            assertThat(list(host)).isEmpty();
        }
    }

    @Test
    void aFailingPutReadsEverythingBeforeItAnswers() throws Exception {
        Store full = new MemoryStore() {
            @Override
            public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
                throw new IOException("no space left on the device");
            }
        };
        try (HostEnd host = host(full)) {
            // 8 MiB are more than all windows and buffers: if the store did not read, the sender would hang or see a broken call.
            assertThatThrownBy(() -> put(host, MAC, new byte[8 << 20])).isInstanceOf(StatusException.class)
                    .hasMessage("no space left on the device");
            assertThat(list(host)).isEmpty();
        }
    }

    @Test
    void aShortMacIsRefusedWithASentenceAndTheProcessLives() throws Exception {
        try (HostEnd host = host(new MemoryStore())) {
            // DeleteRequest with a MAC (field 1) of two bytes.
            assertThatThrownBy(() -> host.unary(SERVICE + "Delete", ByteBuffer.wrap(new byte[]{ 0x0A, 2, 1, 2 })))
                    .hasMessageContaining("MAC")
                    .hasMessageContaining("2");
            assertThatThrownBy(() -> {
                try (ClientCall call = host.call(SERVICE + "Put")) {
                    call.send(ByteBuffer.wrap(new byte[]{ 0x0A, 2, 1, 2, 0x10, 1 }));
                    call.send(Chunk.putHead(1), ByteBuffer.allocate(1));
                    call.halfClose();
                    call.receive();
                }
            }).hasMessageContaining("MAC");
            assertThatThrownBy(() -> {
                try (ClientCall call = host.call(SERVICE + "Put")) {
                    call.send(Chunk.putHead(1), ByteBuffer.allocate(1));
                    call.halfClose();
                    call.receive();
                }
            }).hasMessage("the first message of Put must name a resource and a MAC");
            assertThat(list(host)).isEmpty();
        }
    }

    @Test
    void aListThatNoHostCanTakeIsRefusedWithTheLimit() throws Exception {
        Store huge = new MemoryStore() {
            @Override
            public List<ObjectMac> list(StorageResource resource) {
                return Collections.nCopies(resource == StorageResource.STATE ? 123_361 : 123_362, MAC);
            }
        };
        try (HostEnd host = host(huge)) {
            assertThatThrownBy(() -> list(host))
                    .hasMessageContaining("the list of 123362 objects needs 4194308 bytes")
                    .hasMessageContaining("4194304");
            assertThat(ListResponse.decode(host.unary(SERVICE + "List",
                    new ListRequest(StorageResource.STATE, StoreHints.NONE).encode())).macs()).hasSize(123_361);
        }
    }

    @Test
    void callsAfterCloseAreServedAndTheStoreIsClosedAtTheEnd() throws Exception {
        MemoryStore store = new MemoryStore();
        try (HostEnd host = host(store)) {
            put(host, MAC, new byte[1]);
            host.unary(SERVICE + "Close", Empty.encode());
            assertThat(store.closed).isFalse();
            host.unary(SERVICE + "Delete", new DeleteRequest(MAC, StorageResource.PACKFILE, StoreHints.NONE).encode());
            assertThat(list(host)).isEmpty();
        }
        assertThat(store.closed).isTrue();
    }

    @Test
    void ninetySixReadersAtOnceAreServed() throws Exception {
        byte[] object = new byte[1 << 20];
        CountDownLatch allIn = new CountDownLatch(96);
        Store store = new MemoryStore() {
            @Override
            public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) throws IOException {
                allIn.countDown();
                try {
                    allIn.await();
                } catch (InterruptedException e) {
                    throw new IOException("interrupted", e);
                }
                return super.get(resource, mac, range);
            }
        };
        try (HostEnd host = host(store); var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            put(host, MAC, object);
            List<Future<byte[]>> all = IntStream.range(0, 96)
                    .mapToObj(i -> readers.submit(() -> get(host, MAC, null)))
                    .toList();
            for (Future<byte[]> one : all) {
                assertThat(one.get()).isEqualTo(object);
            }
        }
    }

    @Test
    void callsBeforeInitAndASecondInitAreRefusedAndTheProcessLives() throws Exception {
        try (HostEnd host = new HostEnd(Services.storage(context -> new MemoryStore(), new HostContext()))) {
            for (String method : List.of("Open", "Ping", "Mode", "Size", "List", "Close")) {
                assertThatThrownBy(() -> host.unary(SERVICE + method, new ListRequest(StorageResource.STATE,
                        StoreHints.NONE).encode()))
                        .hasMessage("the store is not initialised: Init must be called, and succeed, first");
            }
            ByteBuffer init = new StoreInitRequest("x", Map.of()).encode();
            host.unary(SERVICE + "Init", init);
            assertThatThrownBy(() -> host.unary(SERVICE + "Init", init))
                    .hasMessage("the store has been initialised already: a plugin process serves one Init only");
            host.unary(SERVICE + "Ping", Empty.encode());
        }
    }

    @Test
    void aStoreMustNotPretendToBeABuiltInOne() throws Exception {
        Store fs = new MemoryStore() {
            @Override
            public String type() {
                return "fs";
            }
        };
        try (HostEnd host = new HostEnd(Services.storage(context -> fs, new HostContext()))) {
            assertThatThrownBy(() -> host.unary(SERVICE + "Init", new StoreInitRequest("x", Map.of()).encode()))
                    .hasMessageContaining("must not have the type \"fs\"");
        }
    }
}
