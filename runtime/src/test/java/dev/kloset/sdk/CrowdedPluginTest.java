package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.Options;
import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.XattrType;
import dev.kloset.sdk.internal.service.HostEnd;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.store.ConfigBytes;
import dev.kloset.wire.store.GetRequest;
import dev.kloset.wire.store.ListRequest;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.PutResponse;
import dev.kloset.wire.store.StoreInitRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand calls at once, in a process with the heap of a packaged plugin, and with smaller ones. */
class CrowdedPluginTest {

    private static final int CALLS = 1_024;
    private static final int MESSAGE_BYTES = 32 * 1024;
    private static final int LARGEST_MESSAGE = 4_000_000;

    /** The smallest heap has room for messages of a quarter of the usual size. */
    private static final int SMALL_HEAP = 16;
    private static final int LARGEST_IN_SMALL_HEAP = 900_000;

    /** If no byte has moved for this long, the plugin has taken in everything that it can. Only the pressure depends on this. */
    private static final long QUIET_MILLIS = 1_000;

    @TempDir
    private Path directory;

    private final AtomicLong progress = new AtomicLong();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> users = new ArrayList<>();

    /** What one of many threads does. */
    private interface Task {
        void run(GrpcClient client, int number) throws IOException, InterruptedException;
    }

    private ChildJava start(int heap) throws IOException {
        return ChildJava.start(CrowdedPlugin.class,
                List.of("-Xms16m", "-XX:NewSize=8m", "-XX:SurvivorRatio=4", "-XX:TargetSurvivorRatio=90",
                        "-Xmx" + heap + "m", "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+DisplayVMOutputToStderr"));
    }

    private Path gate() {
        return directory.resolve("gate");
    }

    private void initStore(GrpcClient client) throws IOException, InterruptedException {
        try (ClientCall call = client.call("/store.Store/Init")) {
            call.unary(new StoreInitRequest("crowd", Map.of("location", "crowd://" + gate())).encode());
        }
    }

    private void begin(GrpcClient client, int number, Task task) {
        users.add(Thread.ofVirtual().start(() -> {
            try {
                task.run(client, number);
            } catch (IOException | InterruptedException | RuntimeException | Error e) {
                failures.add("call " + number + ": " + e);
            }
        }));
    }

    /** Let everything be read once no more comes in, and wait for the end. */
    private void finish() throws IOException, InterruptedException {
        long before = -1;
        while (progress.get() != before) {
            before = progress.get();
            Thread.sleep(QUIET_MILLIS);
        }
        Files.createFile(gate());
        reading.countDown();
        for (Thread user : users) {
            user.join();
        }
        assertThat(failures).isEmpty();
    }

    private void put(GrpcClient client, int number) throws IOException, InterruptedException {
        try (ClientCall call = client.call("/store.Store/Put")) {
            call.send(PutRequest.encodeFirst(StorageResource.PACKFILE, Pattern.mac(number), StoreHints.NONE));
            Pattern data = new Pattern(number, CrowdedPlugin.OBJECT_BYTES);
            byte[] chunk = new byte[MESSAGE_BYTES];
            for (int count = data.read(chunk); count > 0; count = data.read(chunk)) {
                call.send(Chunk.putHead(count), ByteBuffer.wrap(chunk, 0, count));
                progress.addAndGet(count);
            }
            call.halfClose();
            ByteBuffer answer = Objects.requireNonNull(call.receive(), "an answer");
            assertThat(PutResponse.decode(answer).bytesWritten()).isEqualTo(CrowdedPlugin.OBJECT_BYTES);
            assertThat(call.receive()).isNull();
        }
    }

    private void get(GrpcClient client, int number) throws IOException, InterruptedException {
        try (ClientCall call = client.call("/store.Store/Get")) {
            call.sendLast(
                    new GetRequest(Pattern.mac(number), StorageResource.PACKFILE, null, StoreHints.NONE).encode());
            readLater(call, number, true);
        }
    }

    private void open(GrpcClient client, int number) throws IOException, InterruptedException {
        try (ClientCall call = client.call("/importer.Importer/Open")) {
            call.sendLast(new OpenRequest("/" + number, false, "", XattrType.EXTENDED, "").encode());
            readLater(call, number, false);
        }
    }

    private void readLater(ClientCall call, int number, boolean store) throws IOException, InterruptedException {
        progress.incrementAndGet();
        reading.await();
        Pattern expected = new Pattern(number, CrowdedPlugin.OBJECT_BYTES);
        for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
            ByteBuffer chunk = store ? Chunk.decodeGet(message) : Chunk.decodeOpen(message);
            assertThat(expected.continuesWith(chunk)).as("the bytes are those of the object").isTrue();
        }
        assertThat(expected.isComplete()).as("all bytes have come").isTrue();
    }

    private void list(GrpcClient client, int number) throws IOException, InterruptedException {
        try (ClientCall call = client.call("/store.Store/List")) {
            call.sendLast(new ListRequest(StorageResource.PACKFILE, StoreHints.NONE).encode());
            progress.incrementAndGet();
            reading.await();
            ByteBuffer answer = Objects.requireNonNull(call.receive(), "an answer");
            assertThat(ListResponse.decode(answer).macs()).hasSize(CrowdedPlugin.LISTED);
        }
    }

    private static void create(GrpcClient client, int bytes) throws IOException, InterruptedException {
        byte[] config = new byte[bytes];
        Arrays.fill(config, (byte) 1);
        try (ClientCall call = client.call("/store.Store/Create")) {
            call.unary(new ConfigBytes(config).encode());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 128, 16 })
    void aThousandObjectsThatAreNotReadYetAreStored(int heap) throws Exception {
        try (ChildJava plugin = start(heap); GrpcClient client = plugin.client()) {
            initStore(client);
            for (int i = 0; i < CALLS; i++) {
                begin(client, i, this::put);
            }
            finish();
            plugin.hangUp();
            assertThat(plugin.status()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 128, 16 })
    void aThousandContentsThatAreOpenedAtOnceAreRead(int heap) throws Exception {
        try (ChildJava plugin = start(heap); GrpcClient client = plugin.client()) {
            try (ClientCall call = client.call("/importer.Importer/Init")) {
                call.unary(new InitRequest(Options.builder().build(), "crowd", Map.of("location", "crowd://x"))
                        .encode());
            }
            try (ClientCall listing = client.call("/importer.Importer/Import")) {
                List<ConnectorRecord> records = new ArrayList<>();
                for (int i = 0; i < CrowdedPlugin.FILES; i++) {
                    records.add(HostEnd.nextRecord(listing));
                    begin(client, i, this::open);
                }
                finish();
                for (ConnectorRecord record : records) {
                    HostEnd.acknowledge(listing, record);
                }
                assertThat(HostEnd.nextRecord(listing)).isNull();
                listing.halfClose();
                assertThat(listing.receive()).isNull();
            }
            plugin.hangUp();
            assertThat(plugin.status()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 128, 48 })
    void aThousandCallsOfAllKindsEnd(int heap) throws Exception {
        int bytes = heap == SMALL_HEAP ? LARGEST_IN_SMALL_HEAP : LARGEST_MESSAGE;
        Task create = (client, _) -> create(client, bytes);
        List<Task> kinds = List.of(this::put, this::get, this::put, this::list, this::get, create, this::put);
        try (ChildJava plugin = start(heap); GrpcClient client = plugin.client()) {
            initStore(client);
            for (int i = 0; i < CALLS; i++) {
                begin(client, i, kinds.get(i % kinds.size()));
            }
            finish();
            plugin.hangUp();
            assertThat(plugin.status()).isZero();
        }
    }

    @Test
    void aMessageThatTheHeapHasNoRoomForIsRefusedWithASentence() throws Exception {
        try (ChildJava plugin = start(SMALL_HEAP); GrpcClient client = plugin.client()) {
            initStore(client);
            assertThatThrownBy(() -> create(client, LARGEST_MESSAGE)).isInstanceOf(StatusException.class)
                    .hasMessageMatching(
                            "a message of /store.Store/Create has 4000005 bytes, more than the limit of \\d+");
            create(client, LARGEST_IN_SMALL_HEAP);
        }
    }
}
