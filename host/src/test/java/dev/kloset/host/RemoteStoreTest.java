package dev.kloset.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.PutResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RemoteStoreTest {

    private static final ObjectMac MAC = ObjectMac.fromHex("ab".repeat(32));

    private static ScriptedPlugin plugin(String method, CallHandler handler) throws IOException {
        return new ScriptedPlugin(Map.of("/store.Store/" + method, handler));
    }

    private static RemoteStore store(ScriptedPlugin plugin) {
        return new RemoteStore(plugin.connection, ScriptedPlugin.DESCRIPTION);
    }

    @Test
    void putSendsTheNameFirstAndReturnsWhatWasStored() throws Exception {
        try (ScriptedPlugin plugin = plugin("Put", call -> {
            PutRequest first = PutRequest.decode(Objects.requireNonNull(call.receive()));
            assertThat(first.mac()).isEqualTo(MAC);
            assertThat(first.chunk().hasRemaining()).isFalse();
            long bytes = 0;
            for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
                bytes += PutRequest.decode(m).chunk().remaining();
            }
            call.send(new PutResponse(bytes).encode());
        })) {
            InputStream data = new ByteArrayInputStream(new byte[1_000_000]);
            assertThat(store(plugin).put(StorageResource.PACKFILE, MAC, data)).isEqualTo(1_000_000);
        }
    }

    @Test
    void theReasonForARefusedPutIsReportedEvenIfThePluginReadNothing() throws Exception {
        try (ScriptedPlugin plugin = plugin("Put", call -> {
            throw new StatusException(StatusCode.RESOURCE_EXHAUSTED, "quota exceeded");
        })) {
            InputStream data = new ByteArrayInputStream(new byte[20_000_000]);
            assertThatThrownBy(() -> store(plugin).put(StorageResource.PACKFILE, MAC, data))
                    .isInstanceOf(PluginException.class)
                    .hasMessage("plugin scripted: quota exceeded");
        }
    }

    @Test
    void aSourceThatFailsCancelsThePut() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (ScriptedPlugin plugin = plugin("Put", call -> {
            call.onCancel(cancelled::countDown);
            while (call.receive() != null) {
                // Never reaches the end.
            }
        })) {
            InputStream data = new BrokenStream("the tape tore");
            assertThatThrownBy(() -> store(plugin).put(StorageResource.PACKFILE, MAC, data))
                    .hasMessage("the tape tore");
            cancelled.await();
        }
    }

    @Test
    void closingAGetEarlyCancelsItInsteadOfReadingTheRest() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (ScriptedPlugin plugin = plugin("Get", call -> {
            call.onCancel(cancelled::countDown);
            byte[] chunk = new byte[100_000];
            while (true) {
                call.send(Chunk.getHead(chunk.length), ByteBuffer.wrap(chunk));
            }
        })) {
            try (InputStream in = store(plugin).get(StorageResource.PACKFILE, MAC, null)) {
                assertThat(in.readNBytes(10)).hasSize(10);
            }
            cancelled.await();
        }
    }

    @Test
    void aListLongerThanPlakarTakesIsTaken() throws Exception {
        try (ScriptedPlugin plugin = plugin("List",
                call -> call.send(new ListResponse(Collections.nCopies(200_000, MAC)).encode()))) {
            assertThat(store(plugin).list(StorageResource.STATE)).hasSize(200_000);
        }
    }

    @Test
    void aMacOfTheWrongLengthIsRefused() throws Exception {
        try (ScriptedPlugin plugin = plugin("List",
                call -> call.send(ByteBuffer.wrap(new byte[]{ 0x0A, 2, 1, 2 })))) {
            assertThatThrownBy(() -> store(plugin).list(StorageResource.STATE)).isInstanceOf(PluginException.class)
                    .hasMessageContaining("plugin scripted")
                    .hasMessageContaining("MAC");
        }
    }
}
